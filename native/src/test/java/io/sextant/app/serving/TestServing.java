package io.sextant.app.serving;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.ModelSettings;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.TaskRunner;
import java.nio.file.Path;
import java.time.Clock;

/** A model that is served as the application does it, for tests that put one together by hand. */
public final class TestServing {
    private TestServing() {}

    /** Answers with this model, whatever the settings name. */
    public static TaskRunner of(SextantSettings settings, VisionLanguageModel model, OpenTelemetry telemetry) {
        Toolkit toolkit = Toolkit.of(settings);
        ModelOpener opener = (which, progress) -> model;
        OpenModels models = new OpenModels(toolkit, opener, telemetry, Clock.systemUTC());
        AskedModel asked = new AskedModel("test", ModelSettings.of(Path.of("test")), false);
        return new ServedTaskRunner(new ServedModel(models, asked), toolkit.registry());
    }
}
