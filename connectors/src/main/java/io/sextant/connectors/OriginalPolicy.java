package io.sextant.connectors;

/** What becomes of an image at its source once all its results are published. */
public enum OriginalPolicy {
    /** It stays where it is, and is not processed again. */
    STAY,
    /** It is moved away. */
    MOVE,
    /** It is deleted. */
    DELETE
}
