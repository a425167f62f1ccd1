package io.sextant.app.health;

import io.sextant.app.serving.ModelSwitch;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.serving.SwitchState;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there is a model to ask that answers; says which one it is, what waits for it, and whether it is being exchanged. */
@Readiness
@Singleton
final class ModelHealth implements HealthCheck {
    private final ServedModel model;
    private final ModelSwitch modelSwitch;

    @Inject
    ModelHealth(ServedModel model, ModelSwitch modelSwitch) {
        this.model = model;
        this.modelSwitch = modelSwitch;
    }

    @Override
    public HealthCheckResponse call() {
        boolean isThere = model.isThere();
        boolean isOpen = model.isOpen();
        ModelInfo info = model.info();
        ModelStatistics now = model.statistics();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("sextant-model")
                .status(isThere && isOpen)
                .withData("name", info.name())
                .withData("fingerprint", info.fingerprint())
                .withData("device", info.device())
                .withData("precision", info.precision())
                .withData("since", model.since().toString())
                .withData("running", now.running())
                .withData("waiting", now.waiting());
        modelSwitch
                .state()
                .filter(SwitchState::isUnderWay)
                .ifPresent(state -> response.withData("switching", word(state.phase())));
        if (!isThere) {
            response.withData(
                    "reason",
                    "the model is being exchanged, or its exchange failed; whoever may see more finds it at /v1/model");
        } else if (!isOpen) {
            response.withData(
                    "reason",
                    "a failure that the log tells has ended the model; restart the application, or exchange the model");
        }
        return response.build();
    }

    private static String word(SwitchState.Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
