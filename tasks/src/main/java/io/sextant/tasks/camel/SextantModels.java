package io.sextant.tasks.camel;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.Familiarity;
import io.sextant.core.model.ModelLoader;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.PluginJars;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that a Camel context has opened: one for equal options, opened when the first route needs it, closed with the
 * context. Thread-safe.
 */
public final class SextantModels extends ServiceSupport {
    private static final Logger LOGGER = LoggerFactory.getLogger(SextantModels.class);

    private final CamelContext context;
    private final ClassLoader plugins;
    private final Map<ModelOptions, CompletableFuture<Opened>> opened = new LinkedHashMap<>();
    private final ModelFailures failures = new ModelFailures(Clock.systemUTC());
    private final IdentityHashMap<VisionLanguageModel, TaskRunner> given = new IdentityHashMap<>();

    private SextantModels(CamelContext context) {
        this.context = context;
        this.plugins = loader(context);
    }

    /** Those of a context, which stop with it, and start with the first that asks for them once it has started again. */
    static SextantModels of(CamelContext context) {
        synchronized (context) {
            SextantModels known = known(context);
            SextantModels models = known == null ? new SextantModels(context) : known;
            if (known == null) {
                context.getCamelContextExtension().addContextPlugin(SextantModels.class, models);
            }
            keep(models, context);
            return models;
        }
    }

    private static @Nullable SextantModels known(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(SextantModels.class);
    }

    private static ClassLoader loader(CamelContext context) {
        ClassLoader loader = context.getApplicationContextClassLoader();
        return loader == null ? Thread.currentThread().getContextClassLoader() : loader;
    }

    /** A context that stops lets go of its services, and perhaps of its health checks. */
    private static void keep(SextantModels models, CamelContext context) {
        try {
            if (!context.hasService(models)) {
                context.addService(models);
            }
        } catch (Exception e) {
            throw new ConfigurationException("The Camel context takes no service: " + e, e);
        }
        HealthCheckRegistry health = HealthCheckRegistry.get(context);
        if (health != null && health.getCheck(ModelsHealthCheck.ID).isEmpty()) {
            health.register(new ModelsHealthCheck(models));
        }
    }

    /**
     * What answers with the model of these options. Opens it where nobody has; who wants it meanwhile waits for that, and who wants
     * to know what is open does not.
     *
     * @param endpoint that needs it
     * @throws ConfigurationException if an option cannot be used, or the model cannot be opened
     */
    TaskRunner runner(ModelOptions options, Endpoint endpoint) {
        try {
            TaskRunner runner = opened(options).join().runner();
            failures.opened(options);
            return runner;
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            String message = String.valueOf(cause.getMessage());
            failures.add(endpoint, options, message);
            throw new ConfigurationException(message, cause);
        }
    }

    private CompletableFuture<Opened> opened(ModelOptions options) {
        CompletableFuture<Opened> fresh = new CompletableFuture<>();
        CompletableFuture<Opened> known;
        synchronized (this) {
            known = opened.putIfAbsent(options, fresh);
        }
        if (known != null) {
            return known;
        }
        try {
            keep(options, fresh, open(options));
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                opened.remove(options, fresh);
            }
            fresh.completeExceptionally(e);
        }
        return fresh;
    }

    /** Unless the context has stopped meanwhile. */
    private synchronized void keep(ModelOptions options, CompletableFuture<Opened> promised, Opened model) {
        if (opened.get(options) != promised) {
            model.free();
            throw new ConfigurationException("The Camel context stopped while the model was opened; start it again.");
        }
        promised.complete(model);
        model.tell(ModelListener::opened);
    }

    /** What answers with a model that somebody else opened and closes, with the tasks on the class path. */
    synchronized TaskRunner runner(VisionLanguageModel model) {
        return given.computeIfAbsent(
                model, key -> new ModelTaskRunner(key, TaskRegistries.discover(Map.of(), List.of(), plugins)));
    }

    private Opened open(ModelOptions options) {
        TaskRegistry registry = TaskRegistries.discover(
                Map.of(),
                options.declaredTasks(),
                PluginJars.open(ModelOptions.PLUGINS_PATH, options.plugins(), plugins));
        String path = options.path();
        if (path == null) {
            LOGGER.atWarn()
                    .log(EmbeddedModel.LIMITS
                            + " For photographs set modelPath of the component sextant, or model of an endpoint.");
        }
        Path folder = path == null ? EmbeddedModel.folder() : ModelOptions.path("modelPath", path);
        VisionLanguageModel model =
                ModelLoader.load(options.in(folder).withTaskIdentifiers(registry.taskIdentifiers()));
        Optional<Familiarity> familiarity = Familiarity.of(model, folder);
        TaskRunner runner = ModelTaskRunner.builder(model, registry)
                .familiarity(familiarity.isEmpty() ? null : familiarity.orElseThrow()::isFamiliar)
                .calibration(ConfidenceCalibration.ofFolder(folder))
                .build();
        return new Opened(
                model, familiarity, runner, List.copyOf(context.getRegistry().findByType(ModelListener.class)));
    }

    /** The models that a context has opened and not closed yet, in the order in which they were needed; none that others opened. */
    public static List<VisionLanguageModel> openIn(CamelContext context) {
        SextantModels known = known(context);
        return known == null ? List.of() : known.models();
    }

    /** The models that are open now. */
    synchronized List<VisionLanguageModel> models() {
        return open().map(Opened::model).toList();
    }

    /** The same with the tasks that each answers. */
    synchronized Map<VisionLanguageModel, TaskRegistry> registries() {
        Map<VisionLanguageModel, TaskRegistry> registries = new LinkedHashMap<>();
        open().forEach(one -> registries.put(one.model(), one.runner().registry()));
        return registries;
    }

    private Stream<Opened> open() {
        return opened.values().stream()
                .filter(one -> one.isDone() && !one.isCompletedExceptionally())
                .map(CompletableFuture::join);
    }

    /** Why models could not be opened when they were last needed. */
    List<String> failures() {
        return failures.messages();
    }

    /** What an endpoint lacked that has stopped is told no more. */
    static void stopped(Endpoint endpoint) {
        SextantModels known = known(endpoint.getCamelContext());
        if (known != null) {
            known.failures.stopped(endpoint);
        }
    }

    @Override
    protected synchronized void doStop() {
        open().forEach(Opened::close);
        opened.clear();
        failures.clear();
        given.clear();
    }

    private record Opened(
            VisionLanguageModel model,
            Optional<Familiarity> familiarity,
            TaskRunner runner,
            List<ModelListener> listeners) {
        void close() {
            tell(ModelListener::closed);
            free();
        }

        /** Of which nobody was told that it is open. */
        void free() {
            model.close();
            familiarity.ifPresent(Familiarity::close);
        }

        void tell(BiConsumer<ModelListener, VisionLanguageModel> what) {
            for (ModelListener listener : listeners) {
                try {
                    what.accept(listener, model);
                } catch (RuntimeException e) {
                    LOGGER.atWarn()
                            .setCause(e)
                            .log(
                                    "The model listener {} failed",
                                    listener.getClass().getName());
                }
            }
        }
    }
}
