package io.sextant.app.pipeline;

import io.quarkus.arc.All;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.routes.PipelineRouteBuilder;
import io.sextant.routes.observe.PipelineObserver;
import io.sextant.tasks.TaskRunner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** The configured pipelines, as Camel finds routes on Quarkus: one bean that is a route builder. */
@Singleton
final class Pipelines extends RouteBuilder {
    private final Toolkit toolkit;
    private final TaskRunner runner;
    private final PipelineObserver observer;

    @Inject
    Pipelines(Toolkit toolkit, TaskRunner runner, @All List<PipelineObserver> observers) {
        this.toolkit = toolkit;
        this.runner = runner;
        this.observer = PipelineObserver.all(observers);
    }

    @Override
    public void configure() throws Exception {
        getContext().addRoutes(new PipelineRouteBuilder(toolkit.settings(), runner, observer));
    }
}
