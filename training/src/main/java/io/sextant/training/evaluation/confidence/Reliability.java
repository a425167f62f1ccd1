package io.sextant.training.evaluation.confidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Confidence against accuracy (Guo et al., On Calibration of Modern Neural Networks, 2017, section 2).
 *
 * @param bins ten of equal width: bin i holds confidences over i / 10 up to (i + 1) / 10, the first one 0 as well
 */
public record Reliability(List<Bin> bins) {
    private static final int BINS = 10;

    public Reliability {
        bins = List.copyOf(bins);
    }

    /** Sorts what was said into the bins. */
    public static Reliability of(List<Judged> all) {
        int[] counts = new int[BINS];
        int[] right = new int[BINS];
        double[] sums = new double[BINS];
        for (Judged one : all) {
            int bin = Math.max(0, (int) Math.ceil(one.confidence() * BINS) - 1);
            counts[bin]++;
            right[bin] += one.isRight() ? 1 : 0;
            sums[bin] += one.confidence();
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new Bin((double) i / BINS, (i + 1.0) / BINS, counts[i], right[i], sums[i]));
        }
        return new Reliability(bins);
    }

    /** How much was said. */
    public int count() {
        return bins.stream().mapToInt(Bin::count).sum();
    }

    /** Mean confidence of all; 0 of nothing. */
    public double meanConfidence() {
        return share(bins.stream().mapToDouble(Bin::sum).sum(), count());
    }

    /** Share of all that is right; 0 of nothing. */
    public double accuracy() {
        return share(bins.stream().mapToInt(Bin::right).sum(), count());
    }

    /** ECE: the distance of mean confidence and accuracy within a bin, as a mean over all that was said; 0..1, 0 of nothing. */
    public double expectedCalibrationError() {
        double sum = 0;
        for (Bin bin : bins) {
            sum += Math.abs(bin.right() - bin.sum());
        }
        return share(sum, count());
    }

    private static double share(double part, int whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /**
     * What was said with nearly the same confidence.
     *
     * @param from confidences are more than this
     * @param to and at most this
     * @param count how many there are
     * @param right how many of them are right
     * @param sum of their confidences
     */
    public record Bin(double from, double to, int count, int right, double sum) {
        /** Mean confidence; 0 of nothing. */
        public double confidence() {
            return share(sum, count);
        }

        /** Share that is right; 0 of nothing. */
        public double accuracy() {
            return share(right, count);
        }
    }
}
