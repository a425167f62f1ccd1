package io.sextant.tasks;

import io.sextant.core.FinishReason;
import io.sextant.core.ModelInfo;
import io.sextant.core.Timings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.spi.TaskResult;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's result and all that identifies it. Made with {@link #builder}, so that further fields break nobody; the canonical constructor may
 * change.
 *
 * @param id deterministic: the same image, task, prompt, history, settings, model and precision give the same id
 * @param task the task's name
 * @param prompt the user's words, without blanks at both ends
 * @param box what was asked about, in pixels of the upright image, or null
 * @param model what answered
 * @param image what it was about, or null for a text-only request
 * @param text as the model wrote it
 * @param result the typed result
 * @param finishReason why the answer ended
 * @param promptTokens positions the prompt took
 * @param generatedTokens tokens the answer took
 * @param droppedTurns oldest rounds of the history that were left out because the conversation did not fit the context
 * @param timings how long it took; no part of the identified content
 * @param headers of the message, those the task read, without blanks at both ends
 */
public record TaskOutcome(
        String id,
        String task,
        String prompt,
        @Nullable PixelBox box,
        ModelInfo model,
        @Nullable ImageReference image,
        String text,
        TaskResult result,
        FinishReason finishReason,
        int promptTokens,
        int generatedTokens,
        int droppedTurns,
        Timings timings,
        Map<String, String> headers) {
    public TaskOutcome {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(timings, "timings");
        headers = Map.copyOf(headers);
    }

    /**
     * An outcome in the making.
     *
     * @param id deterministic
     * @param task the task's name
     * @param model what answered
     * @param result the typed result
     */
    public static Builder builder(String id, String task, ModelInfo model, TaskResult result) {
        return new Builder(id, task, model, result);
    }

    /** Collects what an outcome tells. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private final String task;
        private final ModelInfo model;
        private final TaskResult result;
        private String prompt = "";
        private @Nullable PixelBox box;
        private @Nullable ImageReference image;
        private String text = "";
        private FinishReason finishReason = FinishReason.END_OF_SEQUENCE;
        private int promptTokens;
        private int generatedTokens;
        private int droppedTurns;
        private Timings timings = Timings.NONE;
        private Map<String, String> headers = Map.of();

        private Builder(String id, String task, ModelInfo model, TaskResult result) {
            this.id = id;
            this.task = task;
            this.model = model;
            this.result = result;
        }

        /** The user's words; empty unless said. */
        public Builder prompt(String value) {
            prompt = value;
            return this;
        }

        /** What was asked about, in pixels of the upright image; null, the default, where there is none. */
        public Builder box(@Nullable PixelBox value) {
            box = value;
            return this;
        }

        /** What it was about; null, the default, for a text-only request. */
        public Builder image(@Nullable ImageReference value) {
            image = value;
            return this;
        }

        /** As the model wrote it; empty unless said. */
        public Builder text(String value) {
            text = value;
            return this;
        }

        /** Why the answer ended; {@link FinishReason#END_OF_SEQUENCE} unless said. */
        public Builder finishReason(FinishReason value) {
            finishReason = value;
            return this;
        }

        /** Positions the prompt took, and tokens the answer took; none unless said. */
        public Builder tokens(int prompt, int generated) {
            promptTokens = prompt;
            generatedTokens = generated;
            return this;
        }

        /** Oldest rounds of the history that were left out; none unless said. */
        public Builder droppedTurns(int value) {
            droppedTurns = value;
            return this;
        }

        /** How long it took; {@link Timings#NONE} unless said. */
        public Builder timings(Timings value) {
            timings = value;
            return this;
        }

        /** Headers of the message, those the task read; none unless said. */
        public Builder headers(Map<String, String> value) {
            headers = value;
            return this;
        }

        /** The outcome. */
        public TaskOutcome build() {
            return new TaskOutcome(
                    id,
                    task,
                    prompt,
                    box,
                    model,
                    image,
                    text,
                    result,
                    finishReason,
                    promptTokens,
                    generatedTokens,
                    droppedTurns,
                    timings,
                    headers);
        }
    }

    /** Whether the image is of a kind that the model does not know, so that its answer means nothing. */
    public boolean isUnfamiliar() {
        return image != null && image.familiar() != null && !image.familiar();
    }

    /**
     * Which image a result is about.
     *
     * @param name its file name or key
     * @param digest SHA-256 of its encoded bytes, 64 lower-case hex digits
     * @param width of the upright image in pixels
     * @param height of the upright image in pixels
     * @param orientation the EXIF orientation that was applied, 1..8
     * @param familiar whether it looks like the images the model was made for; null where that cannot be told
     */
    public record ImageReference(
            String name,
            String digest,
            int width,
            int height,
            int orientation,
            @Nullable Boolean familiar) {
        /** A reference that says nothing about how familiar the image is. */
        public ImageReference(String name, String digest, int width, int height, int orientation) {
            this(name, digest, width, height, orientation, null);
        }

        /** The reference to a decoded image. */
        public static ImageReference of(RgbImage image) {
            return new ImageReference(image.name(), image.digest(), image.width(), image.height(), image.orientation());
        }

        ImageReference withFamiliar(boolean value) {
            return new ImageReference(name, digest, width, height, orientation, value);
        }
    }
}
