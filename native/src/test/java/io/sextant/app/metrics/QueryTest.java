package io.sextant.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class QueryTest {
    @Test
    void findsMetricsAndLabelsAndNothingElse() {
        Query query = Query.of("sum by (pipeline, place) (rate(a_total{outcome=\"x\",pipeline=~\"$pipeline\"}[5m]))"
                + " / max(b_seconds_max) > 1000 and c == 0");
        assertThat(query.metrics()).isEqualTo(Set.of("a_total", "b_seconds_max", "c"));
        assertThat(query.labels()).isEqualTo(Set.of("pipeline", "place", "outcome"));
    }

    @Test
    void readsWhatAVariableAsksFor() {
        assertThat(Query.of("label_values(a_count, pipeline)"))
                .isEqualTo(new Query(Set.of("a_count"), Set.of("pipeline")));
    }
}
