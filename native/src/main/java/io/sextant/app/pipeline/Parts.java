package io.sextant.app.pipeline;

import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.DefaultBean;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.app.trace.TracedTaskRunner;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.model.Familiarity;
import io.sextant.routes.config.GenerationConfig;
import io.sextant.routes.config.HttpConfig;
import io.sextant.routes.config.ImageConfig;
import io.sextant.routes.config.LogConfig;
import io.sextant.routes.config.ModelConfig;
import io.sextant.routes.config.PipelinesConfig;
import io.sextant.routes.config.PluginsConfig;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.TasksConfig;
import io.sextant.tasks.TaskRunner;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's beans: the configuration's settings, one model, one runner. The routes need the runner, so the model is
 * open before the first route starts, and it is closed after the last one has stopped.
 */
@Singleton
final class Parts {
    private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);

    private @Nullable Familiarity familiarity;

    /** The mapping interfaces are injected because Quarkus leaves out those that nobody asks for. */
    @Produces
    @Singleton
    Toolkit toolkit(
            Config config,
            ModelConfig model,
            ImageConfig image,
            GenerationConfig generation,
            TasksConfig tasks,
            PluginsConfig plugins,
            PipelinesConfig pipelines,
            LogConfig log,
            HttpConfig http) {
        Toolkit toolkit = Toolkit.of(SettingsReader.read(
                config.unwrap(SmallRyeConfig.class), model, image, generation, tasks, plugins, pipelines, log, http));
        LOGGER.atInfo()
                .addKeyValue(
                        "taskNames",
                        toolkit.registry().tasks().stream()
                                .map(task -> task.descriptor().name())
                                .toList())
                .log("tasks registered");
        return toolkit;
    }

    /** A test may bring its own. */
    @Produces
    @DefaultBean
    @Singleton
    ModelOpener opener() {
        return ModelOpener.ofFiles();
    }

    @Produces
    @Singleton
    VisionLanguageModel model(Toolkit toolkit, ModelOpener opener, Config config) {
        if (toolkit.settings().pipelines().isEmpty() && !UserRoutes.areConfigured(config)) {
            throw new ConfigurationException(
                    "No pipeline is configured, so there is nothing to run; add"
                            + " sextant.pipelines.\"name\".from and .steps to ./application.properties, or name a file with --config.");
        }
        if (toolkit.isEmbedded(null)) {
            LOGGER.atWarn().log(Toolkit.EMBEDDED_MODEL_LIMITS);
        }
        return opener.open(
                toolkit.model(null),
                step -> LOGGER.atDebug().addKeyValue("step", step).log("opening the model"));
    }

    void close(@Disposes VisionLanguageModel model) {
        model.close();
    }

    @Produces
    @Singleton
    TaskRunner runner(Toolkit toolkit, VisionLanguageModel model, OpenTelemetry telemetry) {
        Path folder = toolkit.model(null).folder();
        familiarity = Familiarity.of(model, folder).orElse(null);
        return new TracedTaskRunner(toolkit.runner(model, folder, familiarity), telemetry);
    }

    @PreDestroy
    void close() {
        if (familiarity != null) {
            familiarity.close();
        }
    }
}
