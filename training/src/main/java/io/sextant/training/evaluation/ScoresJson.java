package io.sextant.training.evaluation;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.training.evaluation.boxes.AveragePrecision;
import io.sextant.training.evaluation.confidence.Reliability;
import io.sextant.training.world.language.Task;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes scores as JSON: the data set's published shape, and beside it captions and rounds told apart, average precision and reliability. */
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
        root.add("average_precision", averagePrecision(scores.averagePrecision()));
        root.add("reliability", reliability(scores.reliability()));
        if (!scores.calibrated().isEmpty()) {
            root.add("calibrated_reliability", reliability(scores.calibrated()));
        }
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

    private static JsonObject averagePrecision(Map<Task, AveragePrecision> byTask) {
        JsonObject json = new JsonObject();
        new TreeMap<>(byTask).forEach((task, precision) -> {
            JsonObject entry = new JsonObject();
            entry.addProperty("ap50", precision.at50());
            entry.addProperty("ap50_95", precision.at50To95());
            entry.addProperty("classes", precision.classes());
            json.add(task.word(), entry);
        });
        return json;
    }

    private static JsonObject reliability(Map<Task, Map<AnswerPart, Reliability>> byTask) {
        JsonObject json = new JsonObject();
        new TreeMap<>(byTask).forEach((task, parts) -> {
            JsonObject entry = new JsonObject();
            new TreeMap<>(parts).forEach((part, reliability) -> entry.add(part.word(), reliability(reliability)));
            json.add(task.word(), entry);
        });
        return json;
    }

    private static JsonObject reliability(Reliability reliability) {
        JsonObject json = new JsonObject();
        json.addProperty("count", reliability.count());
        json.addProperty("confidence", reliability.meanConfidence());
        json.addProperty("accuracy", reliability.accuracy());
        json.addProperty("expected_calibration_error", reliability.expectedCalibrationError());
        JsonArray bins = new JsonArray();
        for (Reliability.Bin bin : reliability.bins()) {
            JsonObject entry = new JsonObject();
            entry.addProperty("from", bin.from());
            entry.addProperty("to", bin.to());
            entry.addProperty("count", bin.count());
            if (bin.count() > 0) {
                entry.addProperty("confidence", bin.confidence());
                entry.addProperty("accuracy", bin.accuracy());
            }
            bins.add(entry);
        }
        json.add("bins", bins);
        return json;
    }
}
