package io.sextant.tasks;

/**
 * Puts requests through their task and the shared model. Thread-safe. What a Camel processor, the command line and an
 * embedding program all call.
 */
public interface TaskRunner {

    /**
     * Answers one request.
     *
     * @param task the task's name
     * @throws io.sextant.core.error.InvalidRequestException if there is no such task, or the input lacks what it needs
     */
    TaskOutcome run(String task, TaskInput input);

    /** The tasks this runner knows. */
    TaskRegistry registry();
}
