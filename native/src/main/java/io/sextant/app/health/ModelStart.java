package io.sextant.app.health;

import io.sextant.app.serving.ServedModel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once a model has been open; an exchange of the model is no start. */
@Startup
@Singleton
final class ModelStart implements HealthCheck {
    private final ServedModel model;

    @Inject
    ModelStart(ServedModel model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("sextant-model")
                .up()
                .withData("name", model.info().name())
                .build();
    }
}
