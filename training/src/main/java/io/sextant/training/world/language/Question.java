package io.sextant.training.world.language;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to the model with its answer, for training and for scoring.
 *
 * @param task what is asked for
 * @param history rounds about the same image that are over, oldest first
 * @param prompt the user's words; empty where the task has words of its own
 * @param box in pixels, for identify where the box comes beside the words; else null
 * @param answer what a perfect model writes; empty where it is not known, as in other people's data
 * @param truth what an answer is scored against
 */
public record Question(
        Task task,
        List<Round> history,
        String prompt,
        @Nullable PixelBox box,
        String answer,
        Truth truth) {
    public Question {
        Objects.requireNonNull(task, "task");
        history = List.copyOf(history);
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(truth, "truth");
    }

    static Question of(Task task, String prompt, String answer, Truth truth) {
        return new Question(task, List.of(), prompt, null, answer, truth);
    }

    /** The same question after other rounds. */
    public Question after(List<Round> rounds) {
        return new Question(task, rounds, prompt, box, answer, truth);
    }

    /** The same question in other words. */
    Question asking(String words) {
        return new Question(task, history, words, box, answer, truth);
    }

    /**
     * This question as a round that is over, answered right. A box beside the words becomes one among them.
     *
     * @param width of the image in pixels
     * @param height of the image in pixels
     */
    public Round answered(int width, int height) {
        if (box == null) {
            return new Round(task, prompt, answer);
        }
        String words = prompt.isEmpty() ? "" : prompt + " ";
        return new Round(task, words + BinBox.ofPixels(box, width, height).toText(), answer);
    }
}
