package io.sextant.training.world.paint;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.vision.PillowBicubic;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A drawn scene. Arrays are shared, not copied: callers must not write to them.
 *
 * @param width in pixels
 * @param height in pixels
 * @param rgb width x height x 3 bytes, row by row
 * @param objects width x height bytes, row by row: which of the scene's objects is in front there, or {@link #NO_OBJECT}
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a drawing is compared by nobody, and copying it would cost as much as painting
public record Painting(int width, int height, byte[] rgb, byte[] objects) {
    /** Stands where only the background shows. */
    public static final byte NO_OBJECT = -1;

    /** The image as core takes it; its digest is that of the bytes {@link #rgb}. */
    public RgbImage toImage(String name) {
        return new RgbImage(name, DigestUtils.sha256Hex(rgb), width, height, 1, rgb);
    }

    /** The same seen in a mirror: left and right change places. */
    public Painting mirrored() {
        byte[] mirroredRgb = new byte[rgb.length];
        byte[] mirroredObjects = new byte[objects.length];
        for (int row = 0; row < height; row++) {
            for (int x = 0; x < width; x++) {
                int from = row * width + x;
                int to = row * width + width - 1 - x;
                mirroredObjects[to] = objects[from];
                System.arraycopy(rgb, 3 * from, mirroredRgb, 3 * to, 3);
            }
        }
        return new Painting(width, height, mirroredRgb, mirroredObjects);
    }

    /** The same at another size, resized as an image encoder's preprocessing does. */
    public Painting squashed(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        byte[] resized = new byte[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int row = (2 * y + 1) * height / (2 * newHeight) * width;
            for (int x = 0; x < newWidth; x++) {
                resized[y * newWidth + x] = objects[row + (2 * x + 1) * width / (2 * newWidth)];
            }
        }
        return new Painting(
                newWidth, newHeight, PillowBicubic.resize(rgb, width, height, newWidth, newHeight), resized);
    }
}
