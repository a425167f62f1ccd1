package io.sextant.tasks.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a task found. Sealed but for {@link Custom}, which is what a plugin's own kind of result becomes.
 *
 * @since 0.1
 */
public sealed interface TaskResult {

    /** Parts of the text that should have been boxes or phrases and could not be read; empty for well-formed answers. */
    List<String> malformed();

    /**
     * Free text.
     *
     * @param text as the model wrote it
     */
    record Text(String text) implements TaskResult {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> malformed() {
            return List.of();
        }
    }

    /**
     * A short answer to a question.
     *
     * @param text the answer
     * @param confidence 0..1
     * @param probabilities of each answer there could be, where there is a closed set of them and it is known; in the set's order. Else empty
     */
    record Answer(String text, double confidence, Map<String, Double> probabilities) implements TaskResult {
        public Answer {
            Objects.requireNonNull(text, "text");
            requireConfidence(confidence);
            probabilities.values().forEach(TaskResult::requireConfidence);
            probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        }

        /** An answer of an open set. */
        public Answer(String text, double confidence) {
            this(text, confidence, Map.of());
        }

        @Override
        public List<String> malformed() {
            return List.of();
        }
    }

    /**
     * A description of the image.
     *
     * @param text the caption
     */
    record Caption(String text) implements TaskResult {
        public Caption {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> malformed() {
            return List.of();
        }
    }

    /**
     * Text whose phrases have places.
     *
     * @param text the text without tags and boxes
     * @param phrases in the order they were written
     * @param malformed what could not be read
     */
    record Phrases(String text, List<LocatedPhrase> phrases, List<String> malformed) implements TaskResult {
        public Phrases {
            Objects.requireNonNull(text, "text");
            phrases = List.copyOf(phrases);
            malformed = List.copyOf(malformed);
        }
    }

    /**
     * Places without words.
     *
     * @param boxes in the order they were written
     * @param malformed what could not be read
     */
    record Boxes(List<LocatedBox> boxes, List<String> malformed) implements TaskResult {
        public Boxes {
            boxes = List.copyOf(boxes);
            malformed = List.copyOf(malformed);
        }
    }

    /**
     * A number.
     *
     * @param value finite
     * @param confidence 0..1
     */
    @SuppressWarnings("JavaLangClash") // always written TaskResult.Number; the name is that of the JSON type
    record Number(double value, double confidence) implements TaskResult {
        public Number {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value must be finite, was " + value);
            }
            requireConfidence(confidence);
        }

        @Override
        public List<String> malformed() {
            return List.of();
        }
    }

    /**
     * Text that does not have the shape the task promises: an answer outside a closed set, a number that is none.
     *
     * @param text as the model wrote it
     */
    record Malformed(String text) implements TaskResult {
        public Malformed {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> malformed() {
            return List.of(text);
        }
    }

    /**
     * A plugin's own result.
     *
     * @param schemaId names the JSON Schema the object follows
     * @param object JSON values only: maps with text keys, lists, text, numbers, booleans
     */
    record Custom(String schemaId, Map<String, Object> object) implements TaskResult {
        public Custom {
            Objects.requireNonNull(schemaId, "schemaId");
            object = Map.copyOf(object);
        }

        @Override
        public List<String> malformed() {
            return List.of();
        }
    }

    private static void requireConfidence(double confidence) {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
    }
}
