package io.sextant.core.internal.schedule;

import io.sextant.core.image.RgbImage;

/**
 * Which image it is. The same bytes decode differently under another orientation policy, so the sizes belong to it.
 *
 * @param digest SHA-256 of the encoded bytes
 * @param width in pixels
 * @param height in pixels
 * @param orientation as the image was turned
 */
record ImageKey(String digest, int width, int height, int orientation) {
    static ImageKey of(RgbImage image) {
        return new ImageKey(image.digest(), image.width(), image.height(), image.orientation());
    }
}
