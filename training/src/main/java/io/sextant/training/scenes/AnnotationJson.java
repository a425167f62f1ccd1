package io.sextant.training.scenes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.box.PixelBox;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Round;
import io.sextant.training.world.language.Truth;
import java.util.List;

/** Writes questions as the lines of a data set's {@code annotations.jsonl}. */
final class AnnotationJson {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private AnnotationJson() {}

    /** @param image path of the image within the data set */
    static String line(String image, Question question) {
        JsonObject line = new JsonObject();
        line.addProperty("image", image);
        line.addProperty("task", question.task().word());
        if (!question.history().isEmpty()) {
            line.add("history", history(question.history()));
        }
        if (!question.prompt().isEmpty()) {
            line.addProperty("prompt", question.prompt());
        }
        PixelBox box = question.box();
        if (box != null) {
            line.add("box", numbers(box));
        }
        addTruth(question.truth(), line);
        return GSON.toJson(line);
    }

    private static JsonArray history(List<Round> rounds) {
        JsonArray history = new JsonArray();
        for (Round round : rounds) {
            JsonObject json = new JsonObject();
            json.addProperty("task", round.task().word());
            json.addProperty("prompt", round.prompt());
            json.addProperty("text", round.text());
            history.add(json);
        }
        return history;
    }

    private static void addTruth(Truth truth, JsonObject line) {
        if (truth instanceof Truth.Boxes boxes) {
            line.add("boxes", boxes(boxes.boxes()));
        } else if (truth instanceof Truth.Answers answers) {
            line.add("answers", GSON.toJsonTree(answers.answers()));
        } else if (truth instanceof Truth.Phrases phrases) {
            JsonArray array = new JsonArray();
            for (GroundedPhrase phrase : phrases.phrases()) {
                JsonObject json = new JsonObject();
                json.addProperty("text", phrase.text());
                json.add("boxes", boxes(phrase.boxes()));
                array.add(json);
            }
            line.add("phrases", array);
        } else if (truth instanceof Truth.Objects objects) {
            line.add("objects", GSON.toJsonTree(objects.nouns()));
        } else {
            throw new IllegalStateException("unknown truth " + truth.getClass());
        }
    }

    private static JsonArray boxes(List<PixelBox> boxes) {
        JsonArray array = new JsonArray();
        boxes.forEach(box -> array.add(numbers(box)));
        return array;
    }

    /** Boxes of scenes are whole pixels. */
    private static JsonArray numbers(PixelBox box) {
        JsonArray numbers = new JsonArray();
        numbers.add((long) box.xMin());
        numbers.add((long) box.yMin());
        numbers.add((long) box.xMax());
        numbers.add((long) box.yMax());
        return numbers;
    }
}
