package io.sextant.core.internal.image;

/**
 * Stored JPEG samples to RGB, in the fixed-point arithmetic of libjpeg (jdcolor.c) and Pillow (Convert.c), bit for bit.
 * CMYK samples are stored inverted, as Adobe does and Pillow assumes.
 */
final class JpegColours {
    private static final int HALF = 1 << 15;
    private static final int RED_FROM_CR = 91881; // 1.40200 * 2^16
    private static final int GREEN_FROM_CB = -22554; // -0.34414 * 2^16
    private static final int GREEN_FROM_CR = -46802; // -0.71414 * 2^16
    private static final int BLUE_FROM_CB = 116130; // 1.77200 * 2^16

    private JpegColours() {}

    /** @param rgb may be the array of samples itself where a pixel has three */
    static void convert(JpegHeader.Transform transform, byte[] samples, byte[] rgb, int pixels) {
        switch (transform) {
            case GREY -> grey(samples, rgb, pixels);
            case RGB -> System.arraycopy(samples, 0, rgb, 0, 3 * pixels);
            case YCBCR -> yCbCr(samples, rgb, pixels);
            case CMYK -> cmyk(samples, rgb, pixels, false);
            case YCCK -> cmyk(samples, rgb, pixels, true);
        }
    }

    private static void grey(byte[] samples, byte[] rgb, int pixels) {
        for (int i = 0; i < pixels; i++) {
            rgb[3 * i] = samples[i];
            rgb[3 * i + 1] = samples[i];
            rgb[3 * i + 2] = samples[i];
        }
    }

    private static void yCbCr(byte[] samples, byte[] rgb, int pixels) {
        for (int i = 0; i < 3 * pixels; i += 3) {
            int y = samples[i] & 0xFF;
            int cb = (samples[i + 1] & 0xFF) - 128;
            int cr = (samples[i + 2] & 0xFF) - 128;
            rgb[i] = (byte) red(y, cr);
            rgb[i + 1] = (byte) green(y, cb, cr);
            rgb[i + 2] = (byte) blue(y, cb);
        }
    }

    private static void cmyk(byte[] samples, byte[] rgb, int pixels, boolean isYcck) {
        for (int i = 0; i < pixels; i++) {
            int cyan = samples[4 * i] & 0xFF;
            int magenta = samples[4 * i + 1] & 0xFF;
            int yellow = samples[4 * i + 2] & 0xFF;
            int light = samples[4 * i + 3] & 0xFF; // inverted black
            if (isYcck) { // Y, Cb, Cr of the inverted colour
                int y = cyan;
                int cb = magenta - 128;
                int cr = yellow - 128;
                cyan = 255 - red(y, cr);
                magenta = 255 - green(y, cb, cr);
                yellow = 255 - blue(y, cb);
            }
            rgb[3 * i] = (byte) ink(cyan, light);
            rgb[3 * i + 1] = (byte) ink(magenta, light);
            rgb[3 * i + 2] = (byte) ink(yellow, light);
        }
    }

    /** Pillow: light - (255 - stored) * light / 255, the product divided by 255 with rounding. */
    static int ink(int stored, int light) {
        int product = (255 - stored) * light + 128;
        return clip(light - (((product >> 8) + product) >> 8));
    }

    private static int red(int y, int cr) {
        return clip(y + ((RED_FROM_CR * cr + HALF) >> 16));
    }

    private static int green(int y, int cb, int cr) {
        return clip(y + ((GREEN_FROM_CB * cb + GREEN_FROM_CR * cr + HALF) >> 16));
    }

    private static int blue(int y, int cb) {
        return clip(y + ((BLUE_FROM_CB * cb + HALF) >> 16));
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
