package io.sextant.tasks;

import io.sextant.core.GenerationSettings;
import io.sextant.core.Share;
import io.sextant.core.TextListener;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.RgbImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a task. Made with {@link #builder}, so that further fields break nobody; the canonical constructor may change.
 *
 * @param image the image, or null for a text-only request
 * @param history earlier rounds about the same image, oldest first
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null where there is none
 * @param settings how to answer
 * @param share whose part of the model's time it counts against
 * @param deadline when the answer is of no use any more; null if it always is
 * @param listener hears the answer while it is written; null if nobody does
 * @param headers of the message it came in, those its task reads
 */
public record TaskInput(
        @Nullable RgbImage image,
        List<Round> history,
        String prompt,
        @Nullable PixelBox box,
        GenerationSettings settings,
        Share share,
        @Nullable Instant deadline,
        @Nullable TextListener listener,
        Map<String, String> headers) {
    public TaskInput {
        history = List.copyOf(history);
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(share, "share");
        headers = Map.copyOf(headers);
    }

    /** A question in the making, about an image or, where that is null, about none. */
    public static Builder builder(@Nullable RgbImage image) {
        return new Builder(image);
    }

    /** A first question about an image, answered greedily. */
    public static TaskInput about(RgbImage image, String prompt) {
        return builder(image).prompt(prompt).build();
    }

    /** This question in the making of another. */
    public Builder toBuilder() {
        return new Builder(image)
                .history(history)
                .prompt(prompt)
                .box(box)
                .settings(settings)
                .share(share)
                .deadline(deadline)
                .listener(listener)
                .headers(headers);
    }

    /** Collects what a question says. Not thread-safe. */
    public static final class Builder {
        private @Nullable RgbImage image;
        private List<Round> history = List.of();
        private String prompt = "";
        private @Nullable PixelBox box;
        private GenerationSettings settings = GenerationSettings.DEFAULT;
        private Share share = Share.NONE;
        private @Nullable Instant deadline;
        private @Nullable TextListener listener;
        private Map<String, String> headers = Map.of();

        private Builder(@Nullable RgbImage image) {
            this.image = image;
        }

        /** What it is about; null for a question about no image. */
        public Builder image(@Nullable RgbImage value) {
            image = value;
            return this;
        }

        /** Earlier rounds about the same image, oldest first; none unless said. */
        public Builder history(List<Round> value) {
            history = value;
            return this;
        }

        /** The user's words; empty unless said. */
        public Builder prompt(String value) {
            prompt = value;
            return this;
        }

        /** In pixels of the upright image; null, the default, where there is none. */
        public Builder box(@Nullable PixelBox value) {
            box = value;
            return this;
        }

        /** How to answer; {@link GenerationSettings#DEFAULT} unless said. */
        public Builder settings(GenerationSettings value) {
            settings = value;
            return this;
        }

        /** Whose part of the model's time it counts against; {@link Share#NONE} unless said. */
        public Builder share(Share value) {
            share = value;
            return this;
        }

        /** When the answer is of no use any more; null, the default, if it always is. */
        public Builder deadline(@Nullable Instant value) {
            deadline = value;
            return this;
        }

        /** Who hears the answer while it is written; null, the default, if nobody does. */
        public Builder listener(@Nullable TextListener value) {
            listener = value;
            return this;
        }

        /** Headers of the message it came in, those its task reads; none unless said. */
        public Builder headers(Map<String, String> value) {
            headers = value;
            return this;
        }

        /** The question. */
        public TaskInput build() {
            return new TaskInput(image, history, prompt, box, settings, share, deadline, listener, headers);
        }
    }

    /**
     * An earlier round.
     *
     * @param task its task's name
     * @param prompt the user's words
     * @param box or null
     * @param answer what the model wrote
     * @param headers of its message, those its task reads
     */
    public record Round(
            String task, String prompt, @Nullable PixelBox box, String answer, Map<String, String> headers) {
        public Round {
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(answer, "answer");
            headers = Map.copyOf(headers);
        }

        /** A round of a task that reads no headers. */
        public Round(String task, String prompt, @Nullable PixelBox box, String answer) {
            this(task, prompt, box, answer, Map.of());
        }
    }
}
