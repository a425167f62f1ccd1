package io.sextant.training.world.paint;

/**
 * Which source pixels make up each target pixel along one axis, with a triangle filter that widens when the image shrinks.
 *
 * @param from first target pixel
 * @param first index of the first source pixel, for each target pixel
 * @param weights of the source pixels from there on; they sum to 1, less where the filter reaches beyond the source
 */
@SuppressWarnings("ArrayRecordComponent") // a short-lived table of the painter
record Taps(int from, int[] first, float[][] weights) {
    /**
     * @param origin where the source's edge lies, in target pixels
     * @param scale target pixels per source pixel
     * @param mirrored whether the source is read from its far end
     * @param sourceSize source pixels
     * @param targetSize target pixels there are
     */
    static Taps of(double origin, double scale, boolean mirrored, int sourceSize, int targetSize) {
        int from = Math.max(0, (int) Math.floor(origin));
        int to = Math.min(targetSize, (int) Math.ceil(origin + scale * sourceSize));
        int count = Math.max(0, to - from);
        int[] first = new int[count];
        float[][] weights = new float[count][];
        double reach = Math.max(1, 1 / scale);
        for (int i = 0; i < count; i++) {
            double distance = (from + i + 0.5 - origin) / scale;
            double centre = mirrored ? sourceSize - distance : distance;
            int begin = Math.max(0, (int) Math.floor(centre - reach));
            int end = Math.min(sourceSize, (int) Math.ceil(centre + reach));
            first[i] = begin;
            weights[i] = triangle(centre, reach, begin, Math.max(begin, end));
        }
        return new Taps(from, first, weights);
    }

    private static float[] triangle(double centre, double reach, int begin, int end) {
        float[] weights = new float[end - begin];
        for (int i = 0; i < weights.length; i++) {
            double distance = Math.abs(begin + i + 0.5 - centre) / reach;
            weights[i] = (float) (Math.max(0, 1 - distance) / reach);
        }
        return weights;
    }

    int count() {
        return first.length;
    }

    /** Index of the first source pixel any target pixel needs. */
    int sourceBegin() {
        int begin = Integer.MAX_VALUE;
        for (int index : first) {
            begin = Math.min(begin, index);
        }
        return begin;
    }

    /** Index after the last source pixel any target pixel needs. */
    int sourceEnd() {
        int end = 0;
        for (int i = 0; i < first.length; i++) {
            end = Math.max(end, first[i] + weights[i].length);
        }
        return end;
    }
}
