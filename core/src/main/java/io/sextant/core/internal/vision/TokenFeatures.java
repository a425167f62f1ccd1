package io.sextant.core.internal.vision;

/**
 * What an image's visual tokens are like as a whole. N = visual tokens, D = their width: the mean over the N tokens of each of
 * the D components, then their standard deviations (divided by N).
 */
public final class TokenFeatures {
    private TokenFeatures() {}

    /**
     * @param tokens N x D numbers
     * @param width D
     * @return 2 x D numbers
     */
    public static double[] of(float[] tokens, int width) {
        int count = tokens.length / width;
        double[] features = new double[2 * width];
        for (int component = 0; component < width; component++) {
            double sum = 0;
            double squares = 0;
            for (int token = 0; token < count; token++) {
                double value = tokens[token * width + component];
                sum += value;
                squares += value * value;
            }
            double mean = sum / count;
            features[component] = mean;
            features[width + component] = Math.sqrt(Math.max(0, squares / count - mean * mean));
        }
        return features;
    }
}
