package io.sextant.training.evaluation.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.confidence.ConfidenceCurve;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveFitTest {
    @Test
    void twoConfidencesAreCarriedToTheirSmoothedShares() {
        List<Judged> all = new ArrayList<>();
        add(all, 0.5, 40, 60);
        add(all, 0.9, 70, 30);

        ConfidenceCurve curve = CurveFit.fit(all).orElseThrow();

        // Platt's targets: 111 / 112 for each of the 110 that are right, 1 / 92 for each of the 90 that are not.
        assertThat(curve.apply(0.5)).isCloseTo((40 * 111 / 112.0 + 60 / 92.0) / 100, within(1e-6));
        assertThat(curve.apply(0.9)).isCloseTo((70 * 111 / 112.0 + 30 / 92.0) / 100, within(1e-6));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsTheCurveThatMadeTheExamples(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ConfidenceCurve hidden = new ConfidenceCurve(0.5 + random.nextDouble(), random.nextDouble() - 0.5);
        List<Judged> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double raw = random.nextDouble();
            all.add(new Judged(raw, random.nextDouble() < hidden.apply(raw)));
        }

        ConfidenceCurve curve = CurveFit.fit(all).orElseThrow();

        // Some three standard errors at 20,000 examples.
        assertThat(curve.slope()).isCloseTo(hidden.slope(), within(0.05));
        assertThat(curve.offset()).isCloseTo(hidden.offset(), within(0.06));
        Reliability mended = Reliability.of(all.stream()
                .map(one -> new Judged(curve.apply(one.confidence()), one.isRight()))
                .toList());
        assertThat(mended.expectedCalibrationError()).isLessThan(0.02);
    }

    @Test
    void certaintyThatIsWrongNowAndThenConverges() {
        List<Judged> all = new ArrayList<>();
        add(all, 1, 90, 10);
        add(all, 0, 0, 5);
        ConfidenceCurve curve = CurveFit.fit(all).orElseThrow();
        assertThat(curve.apply(1)).isCloseTo((90 * 91 / 92.0 + 10 / 17.0) / 100, within(1e-6));
    }

    @Test
    void thereIsNoCurveWithoutEnoughOfBothOrWhereConfidenceMisleads() {
        List<Judged> few = new ArrayList<>();
        add(few, 0.4, 10, 10);
        add(few, 0.9, 20, 9);
        assertThat(CurveFit.fit(few)).isEmpty();

        List<Judged> allRight = new ArrayList<>();
        add(allRight, 0.4, 100, 0);
        assertThat(CurveFit.fit(allRight)).isEmpty();

        List<Judged> misleading = new ArrayList<>();
        add(misleading, 0.4, 80, 20);
        add(misleading, 0.9, 20, 80);
        assertThat(CurveFit.fit(misleading)).isEmpty();
    }

    private static void add(List<Judged> all, double confidence, int right, int wrong) {
        all.addAll(Collections.nCopies(right, new Judged(confidence, true)));
        all.addAll(Collections.nCopies(wrong, new Judged(confidence, false)));
    }
}
