package io.sextant.app.toolkit;

import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.Terminal;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.Familiarity;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Sextant, put together from the configuration without a container.
 *
 * @param settings everything under {@code sextant.}
 * @param registry the tasks there are
 * @param decoder reads images within the configured limits
 */
public record Toolkit(SextantSettings settings, TaskRegistry registry, ImageDecoder decoder) {
    /** What whoever is answered by the embedded model has to know. */
    public static final String EMBEDDED_MODEL_LIMITS =
            EmbeddedModel.LIMITS + " For photographs point sextant.model.path at the published weights.";

    public Toolkit {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(decoder, "decoder");
    }

    /**
     * Reads the configuration of this process.
     *
     * @param options may name a further file
     * @throws ConfigurationException naming every key that cannot be used
     */
    public static Toolkit configured(CommonOptions options) {
        options.configFile().ifPresent(UserFiles::choose);
        return of(SettingsReader.withDefaultSourcesAnd(UserFiles.sources()));
    }

    /** The parts these settings describe. */
    public static Toolkit of(SextantSettings settings) {
        return new Toolkit(
                settings, settings.taskRegistry(), new ImageDecoder(settings.imageLimits(), settings.orientation()));
    }

    /**
     * Which model to open: the chosen one, else the configured one, else the embedded one. It is told of the identifiers of all
     * tasks in the registry, so that no user's words become one.
     *
     * @param chosen a folder that goes before the configured one, or null
     * @throws ConfigurationException if the embedded model is needed and cannot be unpacked
     */
    public ModelSettings model(@Nullable Path chosen) {
        ModelSettings model = chosen == null
                ? settings.model().configured().orElseGet(() -> settings.model().in(EmbeddedModel.folder()))
                : settings.model().in(chosen);
        return model.withTaskIdentifiers(registry.taskIdentifiers());
    }

    /**
     * Whether the embedded model answers.
     *
     * @param chosen as for {@link #model}
     */
    public boolean isEmbedded(@Nullable Path chosen) {
        return chosen == null && settings.model().configured().isEmpty();
    }

    /** Opens a model and says so while somebody watches. The caller closes it. */
    public VisionLanguageModel open(ModelOpener opener, ModelSettings model, Terminal terminal) {
        terminal.progress("Loading the model in " + model.folder() + " ...");
        ModelLoader.awaitStepsAtExit();
        VisionLanguageModel opened = opener.open(model, step -> terminal.progress("  " + step));
        ModelInfo info = opened.info();
        terminal.progress("Loaded " + info.name() + " on " + info.device() + ", " + info.precision() + ".");
        return opened;
    }

    /**
     * Runs the tasks on an open model.
     *
     * @param folder the model's files, which may say what confidences are worth
     * @param familiarity says of each image whether the model knows its kind, or null where that cannot be told
     */
    public TaskRunner runner(VisionLanguageModel model, Path folder, @Nullable Familiarity familiarity) {
        return ModelTaskRunner.builder(model, registry)
                .familiarity(familiarity == null ? null : familiarity::isFamiliar)
                .calibration(ConfidenceCalibration.ofFolder(folder))
                .build();
    }
}
