package io.sextant.app.serving;

import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import java.util.List;
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
        try (ModelLease lease = served.awaitLease()) {
            return lease.tasks().run(task, input);
        }
    }

    /** No thread waits. */
    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        return Leased.ask(
                served.leaseLater(), lease -> lease.tasks().submit(task, input).toCompletableFuture());
    }

    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        try (ModelLease lease = served.awaitLease()) {
            return lease.tasks().runAll(calls);
        }
    }

    @Override
    public TaskSession session() {
        return served.awaitLease().session();
    }

    @Override
    public TaskRegistry registry() {
        return registry;
    }
}
