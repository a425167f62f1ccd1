package io.sextant.app.pipeline;

import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the model is open; says which one it is. Whether the routes run is Camel's own check. */
@Readiness
@Singleton
final class ModelHealth implements HealthCheck {
    private final VisionLanguageModel model;

    @Inject
    ModelHealth(VisionLanguageModel model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        ModelInfo info = model.info();
        return HealthCheckResponse.named("sextant-model")
                .up()
                .withData("name", info.name())
                .withData("fingerprint", info.fingerprint())
                .withData("device", info.device())
                .withData("precision", info.precision())
                .build();
    }
}
