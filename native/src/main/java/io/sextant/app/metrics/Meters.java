package io.sextant.app.metrics;

/**
 * The names of the application's own meters, beside those of {@link io.sextant.quarkus.ModelMeters}, as Micrometer writes them; Prometheus has underscores for dots, the unit behind, and {@code
 * _total} behind counters. docs/operations.md explains each.
 */
final class Meters {
    static final String MESSAGES = "sextant.messages";
    static final String IMAGES = "sextant.images";
    static final String DEAD_LETTERS = "sextant.dead.letters";
    static final String RETRIES = "sextant.retries";
    static final String TASKS = "sextant.tasks";
    static final String TASK_PHASES = "sextant.tasks.phases";
    static final String SINK_PUBLISH = "sextant.sink.publish";
    static final String SOURCE_READ = "sextant.source.read";

    static final String PIPELINE_STARTED = "sextant.pipeline.started";
    static final String PIPELINE_IN_FLIGHT = "sextant.pipeline.in.flight";
    static final String PIPELINE_RETRYING = "sextant.pipeline.retrying";
    static final String SOURCE_CONNECTED = "sextant.source.connected";
    static final String SOURCE_PARTITIONS = "sextant.source.partitions";
    static final String SOURCE_PARTITIONS_PAUSED = "sextant.source.partitions.paused";
    static final String SOURCE_LAG = "sextant.source.lag";

    static final String PROCESS_MEMORY_RESIDENT = "process.memory.resident";

    static final String PIPELINE = "pipeline";
    static final String TASK = "task";
    static final String OUTCOME = "outcome";
    static final String CATEGORY = "category";
    static final String PLACE = "place";
    static final String PHASE = "phase";

    private Meters() {}
}
