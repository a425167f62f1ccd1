package io.sextant.app.serving;

import io.opentelemetry.api.OpenTelemetry;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.app.trace.TracedTaskRunner;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.Familiarity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens models for the tasks of the configuration. */
public final class OpenModels {
    private static final Logger LOGGER = LoggerFactory.getLogger(OpenModels.class);

    private final Toolkit toolkit;
    private final ModelOpener opener;
    private final OpenTelemetry telemetry;
    private final Clock clock;

    /** @param telemetry gets a span for each answer */
    public OpenModels(Toolkit toolkit, ModelOpener opener, OpenTelemetry telemetry, Clock clock) {
        this.toolkit = toolkit;
        this.opener = opener;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    Toolkit toolkit() {
        return toolkit;
    }

    /**
     * Opens a model, and says in the log what whoever asks the embedded one has to know.
     *
     * @param progress gets a few words before each long step
     * @return the caller closes it
     * @throws io.sextant.core.error.SextantException if it cannot be opened
     */
    OpenModel open(AskedModel asked, Consumer<String> progress) {
        if (asked.isEmbedded()) {
            LOGGER.atWarn().log(Toolkit.EMBEDDED_MODEL_LIMITS);
        }
        VisionLanguageModel model = opener.open(asked.settings(), step -> {
            LOGGER.atDebug().addKeyValue("step", step).log("opening the model");
            progress.accept(step);
        });
        try {
            Path folder = asked.settings().folder();
            Familiarity familiarity = Familiarity.of(model, folder).orElse(null);
            return new OpenModel(
                    asked,
                    model,
                    new TracedTaskRunner(toolkit.runner(model, folder, familiarity), telemetry),
                    familiarity,
                    clock.instant());
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }
}
