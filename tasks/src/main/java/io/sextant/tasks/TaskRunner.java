package io.sextant.tasks;

import io.sextant.core.error.SextantException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts requests through their task and the shared model. Thread-safe. What a Camel processor, the command line and an
 * embedding program all call; {@link ModelTaskRunner} is the one to use.
 */
public interface TaskRunner {

    /**
     * Answers one request.
     *
     * @param task the task's name
     * @throws io.sextant.core.error.InvalidRequestException if there is no such task, or the input lacks what it needs
     */
    TaskOutcome run(String task, TaskInput input);

    /**
     * Hands one request over and returns; it is answered beside others.
     *
     * @param task the task's name
     * @return fails as {@link #run} throws, and as the model's own stage does; cancelling its future ends the request
     */
    default CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        try {
            return CompletableFuture.completedFuture(run(task, input));
        } catch (SextantException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Answers several requests, together where the model can; each gets the outcome it would get alone.
     *
     * @return the outcomes in the order of the calls
     * @throws io.sextant.core.error.InvalidRequestException if any call cannot be answered as it stands; then none is
     */
    default List<TaskOutcome> runAll(List<TaskCall> calls) {
        return calls.stream().map(call -> run(call.task(), call.input())).toList();
    }

    /**
     * Begins questions that belong together. Where no model can be asked at the moment, because it is being exchanged for another, this
     * waits until one can.
     *
     * @return the caller closes it once the answers are there
     * @throws io.sextant.core.error.ResourceExhaustedException if the wait was interrupted, or nothing can be asked any more
     */
    default TaskSession session() {
        return new TaskSession(this, () -> {});
    }

    /** The tasks this runner knows. */
    TaskRegistry registry();
}
