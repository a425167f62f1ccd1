package io.sextant.training.world.paint;

/** Gaussian blur of a canvas, one axis after the other. */
final class Blur {
    private static final double LEAST_SIGMA = 0.25;

    private Blur() {}

    /** @param sigmaX in pixels of the canvas; less than a quarter of a pixel leaves the axis as it is */
    static void apply(Canvas canvas, double sigmaX, double sigmaY) {
        int row = 3 * canvas.width;
        if (sigmaX >= LEAST_SIGMA) {
            pass(canvas.rgb, kernel(sigmaX), canvas.height, row, canvas.width, 3);
        }
        if (sigmaY >= LEAST_SIGMA) {
            pass(canvas.rgb, kernel(sigmaY), canvas.width, 3, canvas.height, row);
        }
    }

    private static float[] kernel(double sigma) {
        int reach = (int) Math.ceil(2.5 * sigma);
        float[] kernel = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            sum += Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = (float) (Math.exp(-i * i / (2 * sigma * sigma)) / sum);
        }
        return kernel;
    }

    /** Blurs every line of three-channel pixels; edges repeat their last pixel. */
    private static void pass(float[] rgb, float[] kernel, int lines, int lineStep, int length, int step) {
        float[] line = new float[3 * length];
        int reach = kernel.length / 2;
        for (int l = 0; l < lines; l++) {
            int base = l * lineStep;
            for (int i = 0; i < length; i++) {
                System.arraycopy(rgb, base + i * step, line, 3 * i, 3);
            }
            for (int i = 0; i < length; i++) {
                float red = 0;
                float green = 0;
                float blue = 0;
                for (int k = 0; k < kernel.length; k++) {
                    int at = 3 * Math.max(0, Math.min(length - 1, i + k - reach));
                    red += kernel[k] * line[at];
                    green += kernel[k] * line[at + 1];
                    blue += kernel[k] * line[at + 2];
                }
                int at = base + i * step;
                rgb[at] = red;
                rgb[at + 1] = green;
                rgb[at + 2] = blue;
            }
        }
    }
}
