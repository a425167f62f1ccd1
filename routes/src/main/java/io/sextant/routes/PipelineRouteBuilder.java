package io.sextant.routes;

import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.TaskRunner;
import java.util.Objects;
import org.apache.camel.builder.RouteBuilder;

/** Builds one route for every configured pipeline. */
public final class PipelineRouteBuilder extends RouteBuilder {
    private final SextantSettings settings;
    private final TaskRunner tasks;

    /**
     * @param settings the pipelines, picture limits and generation settings
     * @param tasks answers the steps
     */
    public PipelineRouteBuilder(SextantSettings settings, TaskRunner tasks) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.tasks = Objects.requireNonNull(tasks, "tasks");
    }

    @Override
    public void configure() {
        throw new UnsupportedOperationException(settings.pipelines().size() + " pipelines for " + tasks.registry());
    }
}
