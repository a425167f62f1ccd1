package io.sextant.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sextant.core.VisionLanguageModel;
import io.sextant.quarkus.ModelMeters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Gives the process and the open model their meters. */
@Singleton
final class MeterBinding {
    void bind(@Observes StartupEvent event, MeterRegistry registry, VisionLanguageModel model) {
        new ModelMeters(model).bindTo(registry);
        new ProcessMemoryMeter(Path.of("/proc/self/status")).bindTo(registry);
    }
}
