package io.sextant.core.prompt;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One round of a conversation: a question and, for rounds that are over, the model's answer.
 *
 * @param question the question's segments, at least one
 * @param answer what the model answered, or null for the round that is still open
 */
public record Turn(List<PromptSegment> question, @Nullable String answer) {
    public Turn {
        question = List.copyOf(question);
        if (question.isEmpty()) {
            throw new IllegalArgumentException("A turn needs at least one prompt segment");
        }
    }

    /** The round that is still open. */
    public static Turn open(List<PromptSegment> question) {
        return new Turn(question, null);
    }

    /** A round that is over. */
    public static Turn answered(List<PromptSegment> question, String answer) {
        return new Turn(question, Objects.requireNonNull(answer, "answer"));
    }

    /** Whether the model has answered this round. */
    public boolean isAnswered() {
        return answer != null;
    }
}
