package io.sextant.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.sextant.app.serving.ServedModel;
import io.sextant.quarkus.ModelMeters;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Gives the process and the served model their meters, which go on counting when another model takes its place. */
@Singleton
final class MeterBinding {
    void bind(@Observes StartupEvent event, MeterRegistry registry, ServedModel model) {
        ModelMeters meters = new ModelMeters(model);
        meters.bindTo(registry);
        model.whenReplaced(() -> meters.renameIn(registry));
        new ProcessMemoryMeter(Path.of("/proc/self/status")).bindTo(registry);
    }
}
