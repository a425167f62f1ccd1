package io.sextant.connectors;

/**
 * An object that a notification tells of. Whether its key was URL-encoded cannot be seen, so what it means decoded is tried
 * first, and what it is as it stands before the message is called bad.
 *
 * @param reference to the object if its key was encoded
 * @param asItStands the reference if it was not; often the same
 */
public record NotifiedObject(String reference, String asItStands) {}
