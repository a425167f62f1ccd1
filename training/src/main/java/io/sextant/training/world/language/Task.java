package io.sextant.training.world.language;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a question asks the model to do. */
public enum Task {
    REFER,
    IDENTIFY,
    VQA,
    DETECTION,
    GROUNDING,
    CAPTION,
    /** A question without a task identifier. */
    CHAT;

    /** The name in data sets, and the task identifier without brackets; {@code chat} has no identifier. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The task of that name. */
    public static Optional<Task> named(String word) {
        return Arrays.stream(values()).filter(task -> task.word().equals(word)).findFirst();
    }
}
