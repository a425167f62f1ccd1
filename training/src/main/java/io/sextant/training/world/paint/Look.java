package io.sextant.training.world.paint;

import java.util.random.RandomGenerator;

/** What light and camera make of a finished drawing: contrast, tint, blur, darker corners, noise. */
final class Look {
    private Look() {}

    static void apply(Canvas canvas, int trueWidth, RandomGenerator random) {
        if (random.nextDouble() < 0.8) {
            grade(canvas, random);
        }
        if (random.nextDouble() < 0.3) {
            double sigma = random.nextDouble(0.001, 0.007);
            Blur.apply(canvas, sigma / canvas.unitX, sigma / canvas.unitY);
        }
        if (random.nextDouble() < 0.15) {
            darkenCorners(canvas, (float) random.nextDouble(0.1, 0.45));
        }
        if (random.nextDouble() < 0.5) {
            // Noise of the true image averages out when it is drawn smaller.
            double shrinking = Math.min(1, (double) canvas.width / trueWidth);
            addNoise(canvas, random.nextDouble(1, 9) * shrinking, random);
        }
    }

    private static void grade(Canvas canvas, RandomGenerator random) {
        float contrast = (float) random.nextDouble(0.8, 1.18);
        float brightness = (float) random.nextDouble(-18, 18);
        float[] gains = new float[3];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = contrast * (float) random.nextDouble(0.96, 1.04);
        }
        float[] rgb = canvas.rgb;
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = Math.max(0, Math.min(255, 128 + gains[i % 3] * (rgb[i] - 128) + brightness));
        }
    }

    private static void darkenCorners(Canvas canvas, float strength) {
        for (int y = 0; y < canvas.height; y++) {
            float dy = 2f * y / canvas.height - 1;
            for (int x = 0; x < canvas.width; x++) {
                float dx = 2f * x / canvas.width - 1;
                canvas.blend(x, y, Shade.BLACK, strength * (dx * dx + dy * dy) / 2);
            }
        }
    }

    /** Each sample gets the sum of two random bytes: close enough to a bell, and cheap. */
    private static void addNoise(Canvas canvas, double sigma, RandomGenerator random) {
        float[] rgb = canvas.rgb;
        float scale = (float) (sigma / 104);
        for (int i = 0; i < rgb.length; i += 4) {
            long bits = random.nextLong();
            for (int k = i; k < Math.min(i + 4, rgb.length); k++) {
                rgb[k] += scale * ((int) (bits & 0xFF) + (int) (bits >>> 8 & 0xFF) - 255);
                bits >>>= 16;
            }
        }
    }
}
