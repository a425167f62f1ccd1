package io.sextant.tasks.spi;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.prompt.PromptSegment;
import java.util.List;
import java.util.Set;

/**
 * One task: how a request becomes a prompt, what its answer may look like, and how the model's text becomes a typed result.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Instances: one instance serves all routes for as long as its registry is used. It is never closed.
 *   <li>Threads: all methods are called from several threads at once, and must keep no state between calls.
 *   <li>Lifecycle: {@link #descriptor} and {@link #taskIdentifiers} are called before any request, right after the task was made.
 *   <li>Order: {@link #parse} is called with the text of the answer to the prompt that {@link #prompt} made for the same request.
 *   <li>Input: {@link #prompt}, {@link #grammar} and {@link #parse} see only requests that bring what the descriptor says is required, and
 *       nothing it says is unused.
 *   <li>Errors: an exception from any method fails that request alone, and so does a null.
 *   <li>Deadlines: a request that has one does not wait for a method that hangs; the thread that calls it is interrupted.
 *   <li>Grammars: where answers are held to them ({@code sextant.generation.grammar}, on unless said), {@link #parse} gets a text of
 *       {@link #grammar}, whole and whatever the weights; where they are not, it gets what the model wrote.
 * </ol>
 *
 * @since 0.1
 */
public interface VisionTask {

    /** What the task needs and what it is for. Always equal. */
    TaskDescriptor descriptor();

    /**
     * The identifiers that {@link #prompt} may write, without brackets; always equal. The model is opened with those of all
     * tasks and keeps users' words from becoming one, in every task. By default the task's own name; a task that writes another
     * identifier, or none, says so here.
     */
    default Set<String> taskIdentifiers() {
        return Set.of(descriptor().name());
    }

    /**
     * Writes the question. The image's place is added by the toolkit. Called only with requests that bring what the
     * descriptor says is required, and nothing it says is unused; words have no blanks at either end.
     *
     * @throws io.sextant.core.error.InvalidRequestException if the request lacks something the descriptor cannot express
     */
    List<PromptSegment> prompt(TaskRequest request);

    /**
     * What an answer to this request may look like; the model then writes nothing else. Free unless said. Equal requests have equal
     * grammars, and it is best if all requests have the same, since each other one is compiled. {@link #parse} must find nothing
     * malformed in any text of it.
     */
    default AnswerGrammar grammar(TaskRequest request) {
        return AnswerGrammar.free();
    }

    /** Reads the answer. Text the model got wrong is data: it never throws, what cannot be read is listed as malformed. */
    TaskResult parse(TaskAnswer answer, TaskRequest request);
}
