package io.sextant.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.SourceStatistics;
import io.sextant.routes.observe.RunningPipeline;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PipelineHealthTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final Instant EARLIER = Instant.parse("2026-11-01T09:00:00Z");

    private final Scripted pipeline = new Scripted();
    private final PipelineHealth health = new PipelineHealth(pipeline, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void isUpWhileItsRouteTakesMessages() {
        HealthCheckResponse response = health.call();
        assertThat(response.getName()).isEqualTo("sextant-pipeline-shop");
        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(data(response)).containsEntry("since", NOW.toString()).containsEntry("lag", 7L);
        assertThat(data(response)).doesNotContainKey("reason");
    }

    @Test
    void isDownWithItsReasonWhereTheSourceIsNotReached() {
        pipeline.problem = "no connection to broker:9092";
        HealthCheckResponse response = health.call();
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response))
                .containsEntry("reason", "the source is not reached: no connection to broker:9092")
                .containsEntry("since", EARLIER.toString());
    }

    @Test
    void isDownWhereSomethingIsTriedWithTheLongestPauses() {
        pipeline.isLongest = true;
        HealthCheckResponse response = health.call();
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response).get("reason")).asString().contains("a.jpg", "9 times", "disk full");
        pipeline.isLongest = false;
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileItsRouteStands() {
        pipeline.isStarted = false;
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    private static final class Scripted implements RunningPipeline {
        private @Nullable String problem;
        private boolean isLongest;
        private boolean isStarted = true;

        @Override
        public String name() {
            return "shop";
        }

        @Override
        public String routeId() {
            return "pipeline-shop";
        }

        @Override
        public String sourceScheme() {
            return "file";
        }

        @Override
        public boolean isStarted() {
            return isStarted;
        }

        @Override
        public int inFlight() {
            return 0;
        }

        @Override
        public SourceStatistics source() {
            return new SourceStatistics(problem, problem == null ? null : EARLIER, 0, 1, 0, OptionalLong.of(7));
        }

        @Override
        public Optional<Retrying> retrying() {
            return Optional.of(new Retrying(1, "a.jpg", EARLIER, 9, "disk full", isLongest));
        }
    }
}
