package io.sextant.tasks.camel;

import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Says which models are open and how much they have to do. Down while one that a route needs cannot be opened, or has been ended by a failure. */
final class ModelsHealthCheck extends AbstractHealthCheck {
    static final String ID = "sextant-models";

    private final SextantModels models;

    ModelsHealthCheck(SextantModels models) {
        super("sextant", ID);
        this.models = models;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        int number = 0;
        for (VisionLanguageModel model : models.models()) {
            ModelStatistics statistics = model.statistics();
            String prefix = "model." + number++ + ".";
            builder.detail(prefix + "name", model.info().name())
                    .detail(prefix + "device", model.info().device())
                    .detail(prefix + "precision", model.info().precision())
                    .detail(prefix + "running", statistics.running())
                    .detail(prefix + "waiting", statistics.waiting());
        }
        List<String> failures = new ArrayList<>(models.failures());
        models.models().stream()
                .filter(model -> !model.isOpen())
                .map(model -> "The model " + model.info().name()
                        + " answers nothing more: a failure that the log tells has ended it; restart the application.")
                .forEach(failures::add);
        if (failures.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", failures)).down();
        }
    }
}
