package io.sextant.training.evaluation.familiarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeProbeTest {
    private static final int FEATURES = 6;

    @Test
    void findsTheLineByHandForOneFeature() {
        // Standardised: -1, -1, 1, 1; X'X = 4, X'y = 4, so w = 4 / (4 + 4).
        RidgeProbe probe = RidgeProbe.fit(rows(2, 2), rows(6, 6), 4);

        assertThat(probe.weights())
                .singleElement()
                .satisfies(weight -> assertThat(weight).isEqualTo(0.25, within(1e-12)));
        assertThat(probe.intercept()).isEqualTo(-1, within(1e-12));
    }

    @Test
    void separatesWhatCanBeSeparated() {
        Random random = new Random(7);
        List<double[]> known = clouds(random, 60, 0);
        List<double[]> unknown = clouds(random, 40, 3);

        RidgeProbe probe = RidgeProbe.fit(known, unknown, 0.5);

        assertThat(clouds(random, 50, 0))
                .allSatisfy(row -> assertThat(probe.score(row)).isNegative());
        assertThat(clouds(random, 50, 3))
                .allSatisfy(row -> assertThat(probe.score(row)).isPositive());
    }

    @Test
    void bearsAFeatureThatIsAlwaysTheSame() {
        List<double[]> known = List.of(new double[] {1, 5}, new double[] {2, 5});
        List<double[]> unknown = List.of(new double[] {7, 5}, new double[] {8, 5});

        RidgeProbe probe = RidgeProbe.fit(known, unknown, 1);

        assertThat(probe.weights().get(1)).isZero();
        assertThat(probe.score(known.get(0))).isNegative();
        assertThat(probe.score(unknown.get(0))).isPositive();
    }

    private static List<double[]> rows(double... values) {
        List<double[]> rows = new ArrayList<>();
        for (double value : values) {
            rows.add(new double[] {value});
        }
        return rows;
    }

    private static List<double[]> clouds(Random random, int count, double centre) {
        List<double[]> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[] row = new double[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                row[i] = centre * (i % 2 == 0 ? 1 : -1) + 0.3 * random.nextGaussian();
            }
            rows.add(row);
        }
        return rows;
    }
}
