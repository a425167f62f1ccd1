package io.sextant.tasks.spi;

import io.sextant.core.prompt.PromptSegment;
import java.util.List;
import java.util.Set;

/**
 * A task in several steps: asks other tasks about the same image, looks closer at parts of it, and puts what they find together. It
 * writes no prompt of its own.
 *
 * <p>Guarantees, beside those of {@link VisionTask} about instances, threads, lifecycle, input, errors and deadlines:
 *
 * <ol>
 *   <li>Order: {@link #next} is called without answers first, and then after every round with all answers so far, in the order they were asked
 *       for, until it finishes.
 *   <li>Together: the steps of one round are asked together; steps about the whole image share what the model computed of it.
 *   <li>Places: what a step finds is in pixels of the whole image, whatever part it looked at.
 *   <li>Bounds: a step gets the request's settings, share and deadline, and never more tokens or time than the descriptor's {@link StepBudget}
 *       leaves.
 *   <li>Errors: a step that fails fails the request, with the step's own error.
 *   <li>Identity: results have an id that depends on the ids of all steps' results, and so on the definition of every task that was asked.
 * </ol>
 *
 * @since 0.1
 */
public interface CompositeTask extends VisionTask {

    /** Names of the tasks that steps may ask; always equal. They have to exist and to take one step. */
    Set<String> asks();

    /**
     * What to do next: ask a round of steps, or finish. Equal requests and answers are followed by equal moves.
     *
     * @param request brings what the descriptor says is required, and nothing it says is unused
     * @param answers of all steps so far; none at first
     * @throws io.sextant.core.error.InvalidRequestException if the request lacks something the descriptor cannot express
     */
    NextMove next(TaskRequest request, List<StepAnswer> answers);

    /** None: steps write theirs by the tasks they ask. */
    @Override
    default Set<String> taskIdentifiers() {
        return Set.of();
    }

    /** Nothing: steps write their own. */
    @Override
    default List<PromptSegment> prompt(TaskRequest request) {
        return List.of();
    }

    /** Never called: the tasks that are asked read their answers. */
    @Override
    default TaskResult parse(TaskAnswer answer, TaskRequest request) {
        throw new UnsupportedOperationException("A task in several steps has no answer of its own");
    }
}
