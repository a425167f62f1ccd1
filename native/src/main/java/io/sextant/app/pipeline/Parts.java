package io.sextant.app.pipeline;

import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.DefaultBean;
import io.sextant.app.serving.AskedModel;
import io.sextant.app.serving.ModelSwitch;
import io.sextant.app.serving.OpenModels;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.serving.ServedTaskRunner;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.error.ConfigurationException;
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
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's beans: the configuration's settings, the model that is served and its exchange, one runner. The routes need the
 * runner, so a model is open before the first route starts, and it is closed after the last one has stopped.
 */
@Singleton
final class Parts {
    private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);

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
    OpenModels models(Toolkit toolkit, ModelOpener opener, OpenTelemetry telemetry) {
        return new OpenModels(toolkit, opener, telemetry, Clock.systemUTC());
    }

    @Produces
    @Singleton
    ServedModel model(Toolkit toolkit, OpenModels models, Config config) {
        if (toolkit.settings().pipelines().isEmpty() && !UserRoutes.areConfigured(config)) {
            throw new ConfigurationException(
                    "No pipeline is configured, so there is nothing to run; add"
                            + " sextant.pipelines.\"name\".from and .steps to ./application.properties, or name a file with --config.");
        }
        return new ServedModel(models, AskedModel.configured(toolkit));
    }

    void close(@Disposes ServedModel model) {
        model.close();
    }

    @Produces
    @Singleton
    ModelSwitch modelSwitch(ServedModel model, OpenModels models) {
        return new ModelSwitch(model, models, Clock.systemUTC());
    }

    @Produces
    @Singleton
    TaskRunner runner(Toolkit toolkit, ServedModel model) {
        return new ServedTaskRunner(model, toolkit.registry());
    }
}
