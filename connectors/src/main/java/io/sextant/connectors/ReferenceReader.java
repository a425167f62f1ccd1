package io.sextant.connectors;

/** Reads pictures that messages only refer to, from the places a pipeline allows. Thread-safe. */
public interface ReferenceReader {

    /**
     * Reads a picture.
     *
     * @param reference a URI of the connector's scheme, as the message wrote it
     * @param maxBytes largest picture that is read
     * @throws io.sextant.core.error.InvalidImageException if the place is not allowed, the picture is missing, too large or
     *     not readable
     * @throws ConnectorException if the place failed; a later attempt may succeed
     */
    byte[] read(String reference, long maxBytes);
}
