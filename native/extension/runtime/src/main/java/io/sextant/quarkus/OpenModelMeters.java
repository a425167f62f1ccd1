package io.sextant.quarkus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sextant.core.VisionLanguageModel;
import io.sextant.tasks.camel.SextantModels;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.spi.CamelEvent.RouteStartedEvent;

/**
 * Gives every model that Camel's component opens its meters, with a label {@code model} that counts them from 0, as the health check
 * {@code sextant-models} does. Models that the application opens itself are its own to count.
 */
@Singleton
public class OpenModelMeters {
    private final MeterRegistry registry;
    private final List<VisionLanguageModel> bound = new ArrayList<>();

    @Inject
    OpenModelMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A model is opened at the latest when a route that needs it starts, or at its first message; the next route's start sees it then. */
    synchronized void bind(@Observes RouteStartedEvent event) {
        for (VisionLanguageModel model : SextantModels.openIn(event.getRoute().getCamelContext())) {
            if (!bound.contains(model)) {
                new ModelMeters(model, Tags.of("model", String.valueOf(bound.size()))).bindTo(registry);
                bound.add(model);
            }
        }
    }
}
