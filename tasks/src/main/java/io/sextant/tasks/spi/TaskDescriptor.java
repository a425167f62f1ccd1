package io.sextant.tasks.spi;

import java.util.Objects;

/**
 * What a task needs and what it is for.
 *
 * @param name the task's name, equal to its factory's
 * @param fullName the field's term, for instance "referring expression comprehension"
 * @param summary one sentence for lists and help
 * @param promptNeed whether the request must bring words
 * @param boxNeed whether the request must bring a box
 * @param imageNeed whether the request must bring an image
 * @param examplePrompt words that show the task off, empty where it takes none
 */
public record TaskDescriptor(
        String name,
        String fullName,
        String summary,
        InputNeed promptNeed,
        InputNeed boxNeed,
        InputNeed imageNeed,
        String examplePrompt) {
    public TaskDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(promptNeed, "promptNeed");
        Objects.requireNonNull(boxNeed, "boxNeed");
        Objects.requireNonNull(imageNeed, "imageNeed");
        Objects.requireNonNull(examplePrompt, "examplePrompt");
    }
}
