package io.sextant.app.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sextant.core.Timings;
import io.sextant.core.error.ErrorCategory;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.spi.TaskResult;
import java.time.Duration;
import java.util.Locale;

/** Times the tasks that a pipeline, or somebody else, asks. */
final class TaskMeterListener implements PipelineListener {
    private final MeterRegistry registry;
    private final String asker;

    /** @param asker who asks */
    TaskMeterListener(MeterRegistry registry, String asker) {
        this.registry = registry;
        this.asker = asker;
    }

    @Override
    public void answered(TaskOutcome outcome, Duration took) {
        String task = outcome.task();
        boolean isMalformed = outcome.result() instanceof TaskResult.Malformed;
        ended(task, isMalformed ? "malformed" : "answered", took);
        Timings timings = outcome.timings();
        phase(task, "image", timings.encode());
        phase(task, "prompt", timings.prefill());
        phase(task, "answer", timings.decode());
    }

    @Override
    public void failed(String task, ErrorCategory category, Duration took) {
        ended(task, category.name().toLowerCase(Locale.ROOT), took);
    }

    private void ended(String task, String outcome, Duration took) {
        timer(Meters.TASKS, "From asking a task to its answer, waiting for others included", task)
                .tag(Meters.OUTCOME, outcome)
                .register(registry)
                .record(took);
    }

    private void phase(String task, String phase, Duration took) {
        timer(Meters.TASK_PHASES, "The model's time for the parts of an answer", task)
                .tag(Meters.PHASE, phase)
                .register(registry)
                .record(took);
    }

    private Timer.Builder timer(String name, String description, String task) {
        return Timer.builder(name)
                .description(description)
                .tag(Meters.PIPELINE, asker)
                .tag(Meters.TASK, task);
    }
}
