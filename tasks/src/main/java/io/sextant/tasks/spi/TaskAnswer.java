package io.sextant.tasks.spi;

import io.sextant.core.FinishReason;
import io.sextant.core.box.RefinedBox;
import io.sextant.core.confidence.AnswerPart;
import java.util.Map;
import java.util.Optional;

/**
 * The model's answer as a task sees it.
 *
 * @since 0.1
 */
public interface TaskAnswer {

    /** The text the model wrote. */
    String text();

    /** Why it ended. */
    FinishReason finishReason();

    /** How sure the model was of a part of its text, 0..1: the geometric mean of the probabilities of the tokens that wrote it. */
    double confidence(int start, int end);

    /**
     * What that is worth for a part of a kind, 0..1: how often such a part of this task's answers is right, where the model has a
     * calibration that tells; else as {@link #confidence(int, int)}.
     */
    default double confidence(AnswerPart part, int start, int end) {
        return confidence(start, end);
    }

    /**
     * The box written there with finer edges, as the model expected them; empty where nobody asked for that, or the steps that wrote
     * it do not tell.
     *
     * @param start index of the box's first character
     * @param end index after its last
     */
    default Optional<RefinedBox> refined(int start, int end) {
        return Optional.empty();
    }

    /**
     * How probable each text of a closed set was, where the task's grammar is one ({@code AnswerGrammar.oneOf}) and answers are held to
     * grammars. They sum to 1, in the set's order; empty for any other answer.
     */
    default Map<String, Double> choices() {
        return Map.of();
    }
}
