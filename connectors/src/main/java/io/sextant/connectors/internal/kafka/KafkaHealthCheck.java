package io.sextant.connectors.internal.kafka;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the source reaches its broker, else down with the reason. */
final class KafkaHealthCheck extends AbstractHealthCheck {
    private final KafkaSourceUri source;
    private final KafkaState state;

    KafkaHealthCheck(String id, KafkaSourceUri source, KafkaState state) {
        super("camel", id);
        this.source = source;
        this.state = state;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("topics", String.join(",", source.topics()));
        builder.detail("brokers", source.brokers());
        String problem = state.problem();
        if (problem == null) {
            builder.up();
        } else {
            // Some show the message, others only the details.
            builder.detail("problem", problem).message(problem).down();
        }
    }

    @Override
    public boolean isLiveness() {
        return false;
    }
}
