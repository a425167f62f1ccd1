package io.sextant.app.web;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses and starts pipelines. Both begin at once and go on behind the caller's back: pausing waits for what is being worked on. */
@Singleton
final class PipelineSwitch {
    private static final Logger LOGGER = LoggerFactory.getLogger(PipelineSwitch.class);

    private final CamelContext context;

    @Inject
    PipelineSwitch(CamelContext context) {
        this.context = context;
    }

    void pause(String routeId) {
        turn(routeId, "pausing", () -> context.getRouteController().stopRoute(routeId));
    }

    void start(String routeId) {
        turn(routeId, "starting", () -> context.getRouteController().startRoute(routeId));
    }

    private static void turn(String routeId, String what, Turn turn) {
        LOGGER.atInfo().addKeyValue("routeId", routeId).log(what + " the pipeline, as its operator wants");
        Infrastructure.getDefaultWorkerPool().execute(() -> {
            try {
                turn.run();
            } catch (Exception e) {
                LOGGER.atError().addKeyValue("routeId", routeId).setCause(e).log(what + " the pipeline failed");
            }
        });
    }

    /** What Camel may refuse. */
    private interface Turn {
        void run() throws Exception;
    }
}
