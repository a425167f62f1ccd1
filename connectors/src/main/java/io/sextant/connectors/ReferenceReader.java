package io.sextant.connectors;

/** Reads images that messages only refer to, from the places a pipeline allows. Thread-safe. */
public interface ReferenceReader {

    /**
     * Reads an image.
     *
     * @param reference a URI of the connector's scheme, as the message wrote it
     * @param maxBytes largest image that is read
     * @throws io.sextant.core.error.InvalidImageException if the place is not allowed, the image is missing, too large or
     *     not readable
     * @throws ConnectorException if the place failed; a later attempt may succeed
     */
    byte[] read(String reference, long maxBytes);

    /** How an image that nobody named is called, in results and messages: as it is referred to, but for what may be secret of that. */
    default String name(String reference) {
        return reference;
    }

    /** A reference as an example for messages; empty, the default, for none. */
    default String example() {
        return "";
    }

    /**
     * Whether Sextant itself wrote what is referred to: a result, a drawing, a reason, a dead letter, or anything below a
     * place that a pipeline writes to. Asked about objects of which nobody but their store tells, so that no output comes
     * back as input.
     *
     * @throws ConnectorException if the place failed; a later attempt may succeed
     */
    default boolean isOwnOutput(String reference) {
        return false;
    }
}
