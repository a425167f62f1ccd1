package io.sextant.training.evaluation.confidence;

import io.sextant.core.confidence.ConfidenceCurve;
import java.util.List;
import java.util.Optional;

/**
 * Fits a curve from raw confidence to the share that is right: Platt's logistic regression on the log-odds of the confidence, with
 * his smoothed targets, so that no finite sample is ever certain (Platt 1999; the Newton steps are those of Lin, Lin and Weng, A
 * Note on Platt's Probabilistic Outputs, 2007).
 */
public final class CurveFit {
    /** Fewer say too little about two numbers. */
    public static final int FEWEST = 50;

    private static final int MOST_STEPS = 100;
    private static final double SMALLEST_STEP = 1e-10;
    private static final double RIDGE = 1e-12;
    private static final double ENOUGH = 1e-5;
    private static final double DECREASE = 1e-4;

    private final double[] odds;
    private final double[] targets;

    private CurveFit(double[] odds, double[] targets) {
        this.odds = odds;
        this.targets = targets;
    }

    /**
     * @return nothing if there are fewer than {@link #FEWEST}, if all are right or all are wrong, or if more confidence does not
     *     mean more right
     */
    public static Optional<ConfidenceCurve> fit(List<Judged> all) {
        long right = all.stream().filter(Judged::isRight).count();
        long wrong = all.size() - right;
        if (all.size() < FEWEST || right == 0 || wrong == 0) {
            return Optional.empty();
        }
        double high = (right + 1.0) / (right + 2);
        double low = 1.0 / (wrong + 2);
        double[] odds = all.stream()
                .mapToDouble(one -> ConfidenceCurve.logOdds(one.confidence()))
                .toArray();
        double[] targets =
                all.stream().mapToDouble(one -> one.isRight() ? high : low).toArray();
        Line fitted = new CurveFit(odds, targets).descend(Math.log((right + 1.0) / (wrong + 1.0)));
        return fitted.slope() > 0
                ? Optional.of(new ConfidenceCurve(fitted.slope(), fitted.offset()))
                : Optional.empty();
    }

    private Line descend(double offset) {
        Line at = new Line(0, offset);
        double loss = loss(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            Slope slope = slope(at);
            if (Math.abs(slope.bySlope()) < ENOUGH && Math.abs(slope.byOffset()) < ENOUGH) {
                return at;
            }
            double size = 1;
            Line next = at.moved(slope, size);
            while (loss(next) > loss - DECREASE * size * slope.descent() && size > SMALLEST_STEP) {
                size /= 2;
                next = at.moved(slope, size);
            }
            if (size <= SMALLEST_STEP) {
                return at;
            }
            at = next;
            loss = loss(at);
        }
        return at;
    }

    /** Cross entropy of the targets, summed. */
    private double loss(Line at) {
        double sum = 0;
        for (int i = 0; i < odds.length; i++) {
            double z = at.slope() * odds[i] + at.offset();
            double logOnePlus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
            sum += logOnePlus - targets[i] * z;
        }
        return sum;
    }

    private Slope slope(Line at) {
        double bySlope = 0;
        double byOffset = 0;
        double slopeSlope = RIDGE;
        double slopeOffset = 0;
        double offsetOffset = RIDGE;
        for (int i = 0; i < odds.length; i++) {
            double said = 1 / (1 + Math.exp(-(at.slope() * odds[i] + at.offset())));
            double off = said - targets[i];
            double curvature = said * (1 - said);
            bySlope += off * odds[i];
            byOffset += off;
            slopeSlope += curvature * odds[i] * odds[i];
            slopeOffset += curvature * odds[i];
            offsetOffset += curvature;
        }
        return new Slope(bySlope, byOffset, slopeSlope, slopeOffset, offsetOffset);
    }

    private record Line(double slope, double offset) {
        Line moved(Slope by, double size) {
            return new Line(slope - size * by.stepOfSlope(), offset - size * by.stepOfOffset());
        }
    }

    /** First and second derivatives of the loss, and the Newton step they ask for. */
    private record Slope(double bySlope, double byOffset, double slopeSlope, double slopeOffset, double offsetOffset) {
        double stepOfSlope() {
            return (offsetOffset * bySlope - slopeOffset * byOffset) / determinant();
        }

        double stepOfOffset() {
            return (slopeSlope * byOffset - slopeOffset * bySlope) / determinant();
        }

        /** How fast the loss falls along the step. */
        double descent() {
            return bySlope * stepOfSlope() + byOffset * stepOfOffset();
        }

        private double determinant() {
            return slopeSlope * offsetOffset - slopeOffset * slopeOffset;
        }
    }
}
