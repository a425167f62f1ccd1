package io.sextant.app.health;

import io.quarkus.runtime.StartupEvent;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready once the model is open; says which one it is and what waits for it. */
@Startup
@Readiness
@Singleton
final class ModelHealth implements HealthCheck {
    private final VisionLanguageModel model;
    private final Instant since;

    @Inject
    ModelHealth(VisionLanguageModel model) {
        this.model = model;
        this.since = Clock.systemUTC().instant();
    }

    /** Made when all is started, and not when somebody asks for the first time: so the time is right. */
    void beThere(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {}

    @Override
    public HealthCheckResponse call() {
        ModelInfo info = model.info();
        ModelStatistics now = model.statistics();
        return HealthCheckResponse.named("sextant-model")
                .up()
                .withData("name", info.name())
                .withData("fingerprint", info.fingerprint())
                .withData("device", info.device())
                .withData("precision", info.precision())
                .withData("since", since.toString())
                .withData("running", now.running())
                .withData("waiting", now.waiting())
                .build();
    }
}
