package io.sextant.connectors.message;

import io.sextant.connectors.ConnectorException;

/** The encoded bytes of an image, fetched when they are wanted. */
@FunctionalInterface
public interface ImageContent {

    /**
     * Fetches the encoded image.
     *
     * @throws io.sextant.core.error.InvalidImageException if it is over the byte limit, empty or not readable
     * @throws ConnectorException if the place it lies at failed; a later attempt may succeed
     */
    byte[] read();

    /**
     * What the image is called where only reading it tells, and it would else be called something that is not there.
     *
     * @param usual what its request calls it
     */
    default String nameOr(String usual) {
        return usual;
    }
}
