package io.sextant.app.pipeline;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.routes.PipelineRouteBuilder;
import io.sextant.tasks.TaskRunner;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.camel.builder.RouteBuilder;

/** The configured pipelines, as Camel finds routes on Quarkus: one bean that is a route builder. */
@Singleton
final class Pipelines extends RouteBuilder {
    private final Toolkit toolkit;
    private final TaskRunner runner;

    @Inject
    Pipelines(Toolkit toolkit, TaskRunner runner) {
        this.toolkit = toolkit;
        this.runner = runner;
    }

    @Override
    public void configure() throws Exception {
        getContext().addRoutes(new PipelineRouteBuilder(toolkit.settings(), runner));
    }
}
