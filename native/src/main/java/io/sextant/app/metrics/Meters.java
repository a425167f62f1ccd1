package io.sextant.app.metrics;

/**
 * The names of the application's meters, as Micrometer writes them; Prometheus has underscores for dots, the unit behind, and {@code
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

    static final String MODEL = "sextant.model";
    static final String MODEL_RUNNING = "sextant.model.requests.running";
    static final String MODEL_WAITING = "sextant.model.requests.waiting";
    static final String MODEL_REQUESTS = "sextant.model.requests.ended";
    static final String MODEL_BLOCKS = "sextant.model.cache.blocks";
    static final String MODEL_BLOCKS_FREE = "sextant.model.cache.blocks.free";
    static final String MODEL_BLOCKS_SHARED = "sextant.model.cache.blocks.shared";
    static final String MODEL_BEGINNINGS = "sextant.model.cache.beginnings";
    static final String MODEL_CACHE_GETS = "sextant.model.cache.gets";
    static final String MODEL_CACHE_EVICTIONS = "sextant.model.cache.evictions";
    static final String MODEL_TOKENS = "sextant.model.tokens";
    static final String MODEL_IMAGE_PASS = "sextant.model.image.pass";
    static final String MODEL_STEP = "sextant.model.step";
    static final String PROCESS_MEMORY_RESIDENT = "process.memory.resident";

    static final String PIPELINE = "pipeline";
    static final String TASK = "task";
    static final String OUTCOME = "outcome";
    static final String CATEGORY = "category";
    static final String PLACE = "place";
    static final String PHASE = "phase";
    static final String RESULT = "result";
    static final String KIND = "kind";

    private Meters() {}
}
