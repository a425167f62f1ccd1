package io.sextant.training.world.language;

import java.util.Objects;

/**
 * A round of a conversation that is over.
 *
 * @param task what was asked for
 * @param prompt the user's words; a box is typed among them
 * @param text what was answered
 */
public record Round(Task task, String prompt, String text) {
    public Round {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(text, "text");
    }
}
