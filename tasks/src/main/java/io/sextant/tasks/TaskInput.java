package io.sextant.tasks;

import io.sextant.core.GenerationSettings;
import io.sextant.core.Share;
import io.sextant.core.TextListener;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.RgbImage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a task.
 *
 * @param image the image, or null for a text-only request
 * @param history earlier rounds about the same image, oldest first
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param settings how to answer
 * @param share whose part of the model's time it counts against
 * @param deadline when the answer is of no use any more; null if it always is
 * @param listener hears the answer while it is written; null if nobody does
 */
public record TaskInput(
        @Nullable RgbImage image,
        List<Round> history,
        String prompt,
        @Nullable PixelBox box,
        GenerationSettings settings,
        Share share,
        @Nullable Instant deadline,
        @Nullable TextListener listener) {
    public TaskInput {
        history = List.copyOf(history);
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(share, "share");
    }

    /** A question whose answer nobody hears while it is written. */
    public TaskInput(
            @Nullable RgbImage image,
            List<Round> history,
            String prompt,
            @Nullable PixelBox box,
            GenerationSettings settings,
            Share share,
            @Nullable Instant deadline) {
        this(image, history, prompt, box, settings, share, deadline, null);
    }

    /** A question of nobody in particular, whose answer is always of use. */
    public TaskInput(
            @Nullable RgbImage image,
            List<Round> history,
            String prompt,
            @Nullable PixelBox box,
            GenerationSettings settings) {
        this(image, history, prompt, box, settings, Share.NONE, null);
    }

    /** The same question, whose answer is heard while it is written; by nobody where the listener is null. */
    public TaskInput withListener(@Nullable TextListener heard) {
        return new TaskInput(image, history, prompt, box, settings, share, deadline, heard);
    }

    /** A first question about an image, answered greedily. */
    public static TaskInput about(RgbImage image, String prompt) {
        return new TaskInput(image, List.of(), prompt, null, GenerationSettings.DEFAULT);
    }

    /**
     * An earlier round.
     *
     * @param task its task's name
     * @param prompt the user's words
     * @param box or null
     * @param answer what the model wrote
     */
    public record Round(
            String task, String prompt, @Nullable PixelBox box, String answer) {
        public Round {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(answer, "answer");
        }
    }
}
