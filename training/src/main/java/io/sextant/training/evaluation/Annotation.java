package io.sextant.training.evaluation;

import com.google.gson.JsonObject;
import io.sextant.training.world.language.Question;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One request of a data set.
 *
 * @param line its number in {@code annotations.jsonl}, from 1
 * @param image the image's file
 * @param question what is asked, and what is true
 * @param json the line as it is
 */
record Annotation(int line, Path image, Question question, JsonObject json) {
    Annotation {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(json, "json");
    }
}
