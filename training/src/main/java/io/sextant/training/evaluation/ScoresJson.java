package io.sextant.training.evaluation;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.sextant.training.world.language.Task;
import java.util.Locale;
import java.util.Map;

/** Writes scores as JSON: the data set's published shape, and beside it captions and rounds told apart. */
final class ScoresJson {
    private ScoresJson() {}

    static String write(Scores scores) {
        JsonObject root = new JsonObject();
        for (Task task : Task.values()) {
            Tally tally = scores.byTask().getOrDefault(task, Tally.NONE);
            boolean isShown = tally.requests() > 0 || task != Task.CHAT;
            if (isShown) {
                root.add(task.word(), task(task, tally));
            }
        }
        root.addProperty("malformed", scores.malformed());
        JsonObject captions = new JsonObject();
        for (Scores.CaptionKind kind : Scores.CaptionKind.values()) {
            Tally tally = scores.byCaption().get(kind);
            if (tally != null) {
                captions.add(kind.name().toLowerCase(Locale.ROOT), task(Task.CAPTION, tally));
            }
        }
        root.add("captions", captions);
        root.add("rounds", rounds(scores.rounds()));
        return new GsonBuilder().setPrettyPrinting().create().toJson(root) + "\n";
    }

    /** The one number a task is best known by. */
    static double main(Task task, Tally tally) {
        return switch (task) {
            case REFER, IDENTIFY, VQA, CHAT -> tally.accuracy();
            case DETECTION, GROUNDING, CAPTION -> tally.f1();
        };
    }

    private static JsonObject task(Task task, Tally tally) {
        JsonObject json = new JsonObject();
        json.addProperty("count", tally.requests());
        if (tally.requests() == 0) {
            return json;
        }
        switch (task) {
            case REFER, IDENTIFY, VQA, CHAT -> json.addProperty("accuracy", tally.accuracy());
            case DETECTION, GROUNDING -> addBalance(tally, json);
            case CAPTION -> {
                addBalance(tally, json);
                json.addProperty("chair_i", tally.chairI());
                json.addProperty("chair_s", tally.chairS());
            }
        }
        return json;
    }

    private static void addBalance(Tally tally, JsonObject json) {
        json.addProperty("precision", tally.precision());
        json.addProperty("recall", tally.recall());
        json.addProperty("f1", tally.f1());
    }

    private static JsonObject rounds(Map<Task, Scores.Rounds> rounds) {
        JsonObject json = new JsonObject();
        for (Task task : Task.values()) {
            Scores.Rounds both = rounds.get(task);
            if (both != null) {
                JsonObject entry = new JsonObject();
                entry.addProperty("count", both.later().requests());
                entry.addProperty("same_questions", both.isSameQuestions());
                entry.addProperty("first", main(task, both.first()));
                entry.addProperty("later", main(task, both.later()));
                json.add(task.word(), entry);
            }
        }
        return json;
    }
}
