package io.sextant.app.pipeline;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sextant.app.serving.ServedModel;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Camel, which Quarkus leaves to applications with a main method of their own; it stops it by itself, and waits for the
 * image at hand. The model comes first: without it no route starts.
 */
@Singleton
final class PipelineStart {
    private static final Logger LOGGER = LoggerFactory.getLogger(PipelineStart.class);

    private @Nullable ServedModel served;

    void start(@Observes StartupEvent event, ServedModel model, CamelRuntime runtime) {
        served = model;
        LOGGER.atInfo().addKeyValue("model", model.info().name()).log("starting the pipelines");
        runtime.start();
    }

    /** What waits for a model is not to hold up the end. */
    void stop(@Observes ShutdownEvent event) {
        if (served != null) {
            served.stop();
        }
    }
}
