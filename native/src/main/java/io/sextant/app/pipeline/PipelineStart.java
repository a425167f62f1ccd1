package io.sextant.app.pipeline;

import io.quarkus.runtime.StartupEvent;
import io.sextant.core.VisionLanguageModel;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Camel, which Quarkus leaves to applications with a main method of their own; it stops it by itself, and waits for the
 * image at hand. The model comes first: without it no route starts.
 */
@Singleton
final class PipelineStart {
    private static final Logger LOGGER = LoggerFactory.getLogger(PipelineStart.class);

    void start(@Observes StartupEvent event, VisionLanguageModel model, CamelRuntime runtime) {
        LOGGER.atInfo().addKeyValue("model", model.info().name()).log("starting the pipelines");
        runtime.start();
    }
}
