package io.sextant.connectors.internal.s3;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while the source reaches its bucket, else down with the reason. */
final class S3HealthCheck extends AbstractHealthCheck {
    private final S3Place place;
    private final S3State state;

    S3HealthCheck(String id, S3Place place, S3State state) {
        super("camel", id);
        this.place = place;
        this.state = state;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("place", place.toString());
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
