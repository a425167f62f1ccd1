package io.sextant.app.serving;

import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Asks whichever model is served. While there is none to ask, questions wait. Thread-safe. */
public final class ServedTaskRunner implements TaskRunner {
    private final ServedModel served;
    private final TaskRegistry registry;

    /** @param registry the tasks, which are the same for every model */
    public ServedTaskRunner(ServedModel served, TaskRegistry registry) {
        this.served = served;
        this.registry = registry;
    }

    @Override
    public TaskOutcome run(String task, TaskInput input) {
        try (ModelLease lease = served.awaitLease(input.deadline())) {
            return lease.tasks().run(task, input);
        }
    }

    /** No thread waits; no more questions do than the model takes. */
    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        return Leased.ask(
                served.leaseLater(input.deadline()),
                lease -> lease.tasks().submit(task, input).toCompletableFuture());
    }

    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        Instant earliest = calls.stream()
                .map(call -> call.input().deadline())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        try (ModelLease lease = served.awaitLease(earliest)) {
            return lease.tasks().runAll(calls);
        }
    }

    @Override
    public TaskSession session() {
        return served.awaitLease(null).session();
    }

    @Override
    public TaskRegistry registry() {
        return registry;
    }
}
