package io.sextant.routes.observe;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A runner whose answers are told of. */
public final class ObservedTaskRunner implements TaskRunner {
    private final TaskRunner tasks;
    private final PipelineListener listener;

    /** @param listener is told */
    public ObservedTaskRunner(TaskRunner tasks, PipelineListener listener) {
        this.tasks = tasks;
        this.listener = listener;
    }

    @Override
    public TaskOutcome run(String task, TaskInput input) {
        Stopwatch stopwatch = Stopwatch.start();
        try {
            TaskOutcome outcome = tasks.run(task, input);
            tell(task, stopwatch, outcome, null);
            return outcome;
        } catch (RuntimeException e) {
            tell(task, stopwatch, null, e);
            throw e;
        }
    }

    /** The stage is the runner's own, so that cancelling it does the same. */
    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        Stopwatch stopwatch = Stopwatch.start();
        CompletionStage<TaskOutcome> answer = tasks.submit(task, input);
        answer.whenComplete((outcome, failure) -> tell(task, stopwatch, outcome, failure));
        return answer;
    }

    /** Where one call fails none is answered. */
    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        Stopwatch stopwatch = Stopwatch.start();
        try {
            List<TaskOutcome> outcomes = tasks.runAll(calls);
            outcomes.forEach(outcome -> tell(outcome.task(), stopwatch, outcome, null));
            return outcomes;
        } catch (RuntimeException e) {
            calls.forEach(call -> tell(call.task(), stopwatch, null, e));
            throw e;
        }
    }

    @Override
    public TaskSession session() {
        return tasks.session().through(runner -> new ObservedTaskRunner(runner, listener));
    }

    @Override
    public TaskRegistry registry() {
        return tasks.registry();
    }

    /** A task is told of by its own name, whichever it was asked by. One that a message made up is not: there would be no end of them. */
    private void tell(String task, Stopwatch stopwatch, @Nullable TaskOutcome outcome, @Nullable Throwable failure) {
        if (outcome != null) {
            listener.answered(outcome, stopwatch.elapsed());
        } else if (failure != null) {
            registry()
                    .find(task)
                    .map(found -> found.descriptor().name())
                    .ifPresent(name -> tell(name, stopwatch, failure));
        }
    }

    private void tell(String name, Stopwatch stopwatch, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            listener.cancelled(name, stopwatch.elapsed());
        } else {
            ErrorCategory category = cause instanceof SextantException known ? known.category() : ErrorCategory.DEFECT;
            listener.failed(name, category, stopwatch.elapsed());
        }
    }
}
