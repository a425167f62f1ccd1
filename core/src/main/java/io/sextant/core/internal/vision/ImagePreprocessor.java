package io.sextant.core.internal.vision;

import io.sextant.core.image.RgbImage;

/**
 * Makes pixel values of an image, as the reference's image processor does (minigpt4/processors/blip_processors.py): squash
 * to a square with Pillow's bicubic filter, divide by 255, normalise per channel. Stateless and thread-safe.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits as the reference has them
public final class ImagePreprocessor {
    /** Mean of red, green and blue, of samples in 0..1. */
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};

    /** Standard deviation of red, green and blue, of samples in 0..1. */
    private static final float[] STANDARD_DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

    private static final int CHANNELS = 3;
    private static final int LEVELS = 256;

    /**
     * H = W = side.
     *
     * @param image of any size
     * @param side of the image encoder's square in pixels, at least 1
     * @return pixel values (3, H, W), channels in the order red, green, blue
     */
    public float[] pixelValues(RgbImage image, int side) {
        return normalise(resize(image, side));
    }

    /**
     * The first half of the work, and by far the larger.
     *
     * @return side x side x 3 bytes, row by row
     */
    public static byte[] resize(RgbImage image, int side) {
        return PillowBicubic.resize(image.rgb(), image.width(), image.height(), side, side);
    }

    /**
     * The second half.
     *
     * @param resized side x side x 3 bytes, row by row
     * @return pixel values (3, side, side), channels in the order red, green, blue
     */
    public static float[] normalise(byte[] resized) {
        float[] values = new float[resized.length];
        int samples = resized.length / CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
            float[] normalised = normalisedLevels(channel);
            int target = channel * samples;
            for (int source = channel; source < resized.length; source += CHANNELS) {
                values[target++] = normalised[resized[source] & 0xFF];
            }
        }
        return values;
    }

    /** Mean of red, green and blue, of samples in 0..1. */
    public static float[] mean() {
        return MEAN.clone();
    }

    /** Standard deviation of red, green and blue, of samples in 0..1. */
    public static float[] standardDeviation() {
        return STANDARD_DEVIATION.clone();
    }

    private static float[] normalisedLevels(int channel) {
        float[] normalised = new float[LEVELS];
        for (int level = 0; level < LEVELS; level++) {
            normalised[level] = (level / 255f - MEAN[channel]) / STANDARD_DEVIATION[channel];
        }
        return normalised;
    }
}
