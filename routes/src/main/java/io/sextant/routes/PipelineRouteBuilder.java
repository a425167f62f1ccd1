package io.sextant.routes;

import io.sextant.connectors.Connectors;
import io.sextant.connectors.UriOptions;
import io.sextant.core.image.ImageDecoder;
import io.sextant.routes.config.SextantSettings;
import io.sextant.routes.config.StepSettings;
import io.sextant.routes.observe.ObservedTaskRunner;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.tasks.TaskRunner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContextAware;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds one route for every configured pipeline, {@code pipeline-<name>}: an image is read and decoded once, all steps are
 * asked about it, their results are published, and only then the source is acknowledged.
 *
 * <p>All pipelines are checked first, and one error names all that is wrong with any of them: no half of a configuration
 * ever runs.
 *
 * <p>The pipelines last until the context stops, which closes their sources and sinks for good: where it is to start again, make
 * a new context and a new builder.
 */
public final class PipelineRouteBuilder extends RouteBuilder {
    private static final Logger LOGGER = LoggerFactory.getLogger(PipelineRouteBuilder.class);

    private final SextantSettings settings;
    private final TaskRunner tasks;
    private final Connectors connectors;
    private final Clock clock;
    private final PipelineObserver observer;

    /**
     * With Sextant's own connectors.
     *
     * @param settings the pipelines, image limits and generation settings
     * @param tasks answers the steps
     */
    public PipelineRouteBuilder(SextantSettings settings, TaskRunner tasks) {
        this(settings, tasks, PipelineObserver.NONE);
    }

    /**
     * The same, watched.
     *
     * @param settings the pipelines, image limits and generation settings
     * @param tasks answers the steps
     * @param observer is told of each pipeline
     */
    public PipelineRouteBuilder(SextantSettings settings, TaskRunner tasks, PipelineObserver observer) {
        this(settings, tasks, Connectors.standard(settings.connectors()), Clock.systemUTC(), observer);
    }

    /**
     * @param settings the pipelines, image limits and generation settings
     * @param tasks answers the steps
     * @param connectors serve the URIs of the pipelines
     * @param clock tells when an image was rejected, or failed
     * @param observer is told of each pipeline
     */
    public PipelineRouteBuilder(
            SextantSettings settings, TaskRunner tasks, Connectors connectors, Clock clock, PipelineObserver observer) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.tasks = Objects.requireNonNull(tasks, "tasks");
        this.connectors = Objects.requireNonNull(connectors, "connectors");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.observer = Objects.requireNonNull(observer, "observer");
    }

    /** @throws io.sextant.core.error.ConfigurationException with everything that is wrong with any pipeline */
    @Override
    public void configure() {
        List<Pipeline> pipelines = new PipelineAssembly(
                        tasks.registry(),
                        connectors,
                        getContext(),
                        settings.imageLimits().maxBytes())
                .assemble(settings.pipelines());
        closeWithContext(PipelineAssembly.open(pipelines));
        List<ProgressLog> logs = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            ProgressLog log =
                    new ProgressLog(pipeline.settings(), settings.log().images());
            route(pipeline, log);
            logs.add(log);
        }
        summarise(logs);
    }

    private void summarise(List<ProgressLog> logs) {
        Duration interval = settings.log().summary();
        if (interval.isZero()) {
            return;
        }
        try {
            getContext().addService(new ProgressTimer(getContext(), logs, interval));
        } catch (Exception e) {
            throw new IllegalStateException("The summary cannot be added to Camel's services", e);
        }
    }

    /** Services stop after all routes have. */
    private void closeWithContext(Runnable close) {
        try {
            getContext()
                    .addService(
                            new ServiceSupport() {
                                @Override
                                protected void doStop() {
                                    close.run();
                                }
                            },
                            true);
        } catch (Exception e) {
            throw new IllegalStateException("A service that does nothing at start was not added", e);
        }
    }

    private void route(Pipeline assembled, ProgressLog log) {
        Retries retries = new Retries(clock);
        PipelineListener listener = observer.observe(new LivePipeline(assembled, retries, getContext()));
        Pipeline pipeline = assembled.toldTo(listener);
        String routeId = pipeline.settings().routeId();
        StepRunner runner = new StepRunner(
                new ObservedTaskRunner(tasks, listener), settings.generation(), pipeline.settings(), clock);
        register(new RetryHealthCheck(pipeline.settings(), retries));
        ImageDecoder decoder = new ImageDecoder(settings.imageLimits(), settings.orientation());
        RouteDefinition route = from(pipeline.source().endpoint());
        route.routeId(routeId)
                .onException(Throwable.class)
                .handled(true)
                .process(new FailureProcessor(pipeline.settings(), retries, clock, log))
                .end()
                .process(new ReceiveProcessor(pipeline))
                .id(routeId + "-receive");
        int workers = pipeline.source().workers();
        if (workers > 0) {
            route.process(new HandOverProcessor(getContext(), routeId, workers)).id(routeId + "-hand-over");
        }
        route.process(new AnswerProcessor(pipeline, decoder, runner, log))
                .id(routeId + "-answer")
                .process(new AcknowledgeProcessor(routeId, retries))
                .id(routeId + "-acknowledge");
        LOGGER.atInfo()
                .addKeyValue("routeId", routeId)
                .addKeyValue("from", UriOptions.without(pipeline.settings().from()))
                .addKeyValue(
                        "steps",
                        pipeline.settings().steps().stream()
                                .map(StepSettings::name)
                                .toList())
                .addKeyValue(
                        "to",
                        pipeline.settings().to().stream()
                                .map(UriOptions::without)
                                .toList())
                .addKeyValue("original", pipeline.settings().original())
                .log("pipeline ready");
    }

    /** Where the application asks nobody's health there is no registry. */
    private void register(RetryHealthCheck check) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(getContext());
        if (registry != null) {
            CamelContextAware.trySetCamelContext(check, getContext());
            registry.register(check);
        }
    }
}
