package io.sextant.core.internal.schedule;

/** Hears what the image encoder made of an image. Called by the model's thread, which waits meanwhile. */
@FunctionalInterface
public interface ImageObserver {

    /**
     * An image was put through the encoder.
     *
     * @param digest SHA-256 of its encoded bytes
     * @param width of the image in pixels
     * @param height of the image in pixels
     * @param visualTokens of N tokens, one after the other
     */
    void encoded(String digest, int width, int height, float[] visualTokens);
}
