package io.sextant.connectors.internal;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Up while a source reaches what it reads from, else down with the reason. */
public final class SourceHealthCheck extends AbstractHealthCheck {
    private final Map<String, String> place;
    private final SourceState state;

    /**
     * @param id of the check
     * @param place what it reads from, for the check's details
     */
    public SourceHealthCheck(String id, Map<String, String> place, SourceState state) {
        super("camel", id);
        this.place = Map.copyOf(place);
        this.state = state;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        place.forEach(builder::detail);
        builder.detail("leftOut", state.leftOut().sum());
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
