package io.sextant.app.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process's memory as the operating system counts it. Weights, keys and values lie outside of Java's heap, so Java's own meters do
 * not have them.
 */
final class ProcessMemoryMeter implements MeterBinder {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final long KIBIBYTE = 1024;

    private final Path status;

    /** @param status as Linux has in {@code /proc/self/status} */
    ProcessMemoryMeter(Path status) {
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(Meters.PROCESS_MEMORY_RESIDENT, this::residentBytes)
                .description("Memory of this process that is in RAM, native memory and mapped weights included")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /** NaN where the system does not tell. */
    double residentBytes() {
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(status));
            return resident.find() ? Long.parseLong(resident.group(1)) * KIBIBYTE : Double.NaN;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
