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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times the tasks that a pipeline, or somebody else, asks. Each is looked up once. */
final class TaskMeterListener implements PipelineListener {
    private final MeterRegistry registry;
    private final String asker;
    private final Map<String, TaskMeters> tasks = new ConcurrentHashMap<>();

    /** @param asker who asks */
    TaskMeterListener(MeterRegistry registry, String asker) {
        this.registry = registry;
        this.asker = asker;
    }

    @Override
    public void answered(TaskOutcome outcome, Duration took) {
        TaskMeters meters = of(outcome.task());
        boolean isMalformed = outcome.result() instanceof TaskResult.Malformed;
        meters.ended(isMalformed ? "malformed" : "answered", took);
        Timings timings = outcome.timings();
        meters.phase("image", timings.encode());
        meters.phase("prompt", timings.prefill());
        meters.phase("answer", timings.decode());
    }

    @Override
    public void failed(String task, ErrorCategory category, Duration took) {
        of(task).ended(category.name().toLowerCase(Locale.ROOT), took);
    }

    @Override
    public void cancelled(String task, Duration took) {
        of(task).ended("cancelled", took);
    }

    private TaskMeters of(String task) {
        return tasks.computeIfAbsent(task, TaskMeters::new);
    }

    /** The meters of one task. */
    private final class TaskMeters {
        private final String task;
        private final Map<String, Timer> ends = new ConcurrentHashMap<>();
        private final Map<String, Timer> phases = new ConcurrentHashMap<>();

        TaskMeters(String task) {
            this.task = task;
        }

        void ended(String outcome, Duration took) {
            ends.computeIfAbsent(
                            outcome,
                            each -> timer(
                                    Meters.TASKS,
                                    "From asking a task to its answer, waiting for others included",
                                    Meters.OUTCOME,
                                    each))
                    .record(took);
        }

        void phase(String phase, Duration took) {
            phases.computeIfAbsent(
                            phase,
                            each -> timer(
                                    Meters.TASK_PHASES,
                                    "The model's time for the parts of an answer",
                                    Meters.PHASE,
                                    each))
                    .record(took);
        }

        private Timer timer(String name, String description, String key, String value) {
            return Timer.builder(name)
                    .description(description)
                    .tag(Meters.PIPELINE, asker)
                    .tag(Meters.TASK, task)
                    .tag(key, value)
                    .register(registry);
        }
    }
}
