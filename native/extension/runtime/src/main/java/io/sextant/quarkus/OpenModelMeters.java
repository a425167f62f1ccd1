package io.sextant.quarkus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.sextant.core.VisionLanguageModel;
import io.sextant.tasks.camel.ModelListener;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Gives every model that Camel's component opens its meters for as long as it is open, with a label {@code model} that counts them from 0, as
 * the health check {@code sextant-models} does. Models that the application opens itself are its own to count.
 */
@Singleton
public class OpenModelMeters implements ModelListener {
    private final MeterRegistry registry;
    private final Map<VisionLanguageModel, Bound> bound = new IdentityHashMap<>();

    @Inject
    OpenModelMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public synchronized void opened(VisionLanguageModel model) {
        int number = 0;
        while (isTaken(number)) {
            number++;
        }
        ModelMeters meters = new ModelMeters(model, Tags.of("model", String.valueOf(number)));
        meters.bindTo(registry);
        bound.put(model, new Bound(number, meters));
    }

    private boolean isTaken(int number) {
        return bound.values().stream().anyMatch(other -> other.number() == number);
    }

    @Override
    public synchronized void closed(VisionLanguageModel model) {
        Bound known = bound.remove(model);
        if (known != null) {
            known.meters().removeFrom(registry);
        }
    }

    private record Bound(int number, ModelMeters meters) {}
}
