package io.sextant.tasks.declared;

import io.sextant.core.box.PixelBox;
import io.sextant.tasks.spi.TaskResult;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question to a declared task whose right answer is known.
 *
 * @param image a file, or null for a question without an image
 * @param prompt the user's words, empty where there are none
 * @param box in pixels of the upright image, or null
 * @param answer what the answer says, whatever its case and punctuation; or null if that does not matter
 * @param boxes how many boxes the answer has; or null if that does not matter
 * @param headers those of the message that the task reads
 */
public record TaskExample(
        @Nullable Path image,
        String prompt,
        @Nullable PixelBox box,
        @Nullable String answer,
        @Nullable Integer boxes,
        Map<String, String> headers) {
    public TaskExample {
        Objects.requireNonNull(prompt, "prompt");
        headers = Map.copyOf(headers);
        if (answer == null && boxes == null) {
            throw new IllegalArgumentException("An example says which \"answer\" is right, or how many \"boxes\".");
        }
        if (boxes != null && boxes < 0) {
            throw new IllegalArgumentException("\"boxes\" is 0 or more, was " + boxes + ".");
        }
    }

    /** A question without headers. */
    public TaskExample(
            @Nullable Path image,
            String prompt,
            @Nullable PixelBox box,
            @Nullable String answer,
            @Nullable Integer boxes) {
        this(image, prompt, box, answer, boxes, Map.of());
    }

    /**
     * What the answer should have been and was not; empty if it is right.
     *
     * @param text what the model wrote
     */
    public Optional<String> difference(TaskResult result, String text) {
        String said = said(result, text);
        if (answer != null && !AnswerSet.plain(said).equals(AnswerSet.plain(answer))) {
            return Optional.of("expected \"" + answer + "\", was \"" + said + "\"");
        }
        int found = boxes(result);
        if (boxes != null && boxes != found) {
            return Optional.of(String.format(Locale.ROOT, "expected boxes: %d, were: %d (%s)", boxes, found, said));
        }
        return Optional.empty();
    }

    /** What an answer says in words: the answer of a set in the set's spelling, else what the model wrote. */
    public static String said(TaskResult result, String text) {
        return result instanceof TaskResult.Answer answer ? answer.text() : text;
    }

    private static int boxes(TaskResult result) {
        if (result instanceof TaskResult.Boxes boxes) {
            return boxes.boxes().size();
        }
        return result instanceof TaskResult.Phrases phrases
                ? phrases.phrases().stream()
                        .mapToInt(phrase -> phrase.boxes().size())
                        .sum()
                : 0;
    }
}
