package io.sextant.core.confidence;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.json.JsonFields;
import io.sextant.core.internal.weights.json.JsonText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The curves of one model, by task and by what a confidence is about. A pure function from raw to calibrated confidence; what has no
 * curve stays raw.
 *
 * <p>As {@value #FILE_NAME} beside a model's weights:
 *
 * <pre>{@code
 * {
 *   "note": "for people",
 *   "curves": {
 *     "vqa": {"answer": {"slope": 0.8, "offset": -0.3}},
 *     "detection": {"box": {"slope": 1.2, "offset": 0.1}, "phrase": {"slope": 1, "offset": 0}}
 *   }
 * }
 * }</pre>
 *
 * @param note where the curves come from, for people
 * @param curves by the task's name and the part
 */
public record ConfidenceCalibration(String note, Map<String, Map<AnswerPart, ConfidenceCurve>> curves) {
    /** The file's name in a model folder. */
    public static final String FILE_NAME = "calibration.json";

    /** Leaves every confidence as it is. */
    public static final ConfidenceCalibration NONE = new ConfidenceCalibration("", Map.of());

    private static final Set<String> FIELDS = Set.of("note", "curves");
    private static final Set<String> CURVE_FIELDS = Set.of("slope", "offset");

    public ConfidenceCalibration {
        Map<String, Map<AnswerPart, ConfidenceCurve>> copies = new TreeMap<>();
        curves.forEach((task, parts) -> copies.put(task, Map.copyOf(parts)));
        curves = Map.copyOf(copies);
    }

    /**
     * What the confidence is worth.
     *
     * @param task the task's name, such as {@code detection}
     * @param raw 0..1
     * @return 0..1; the raw confidence where there is no curve
     */
    public double calibrated(String task, AnswerPart part, double raw) {
        ConfidenceCurve curve = curves.getOrDefault(task, Map.of()).get(part);
        return curve == null ? raw : curve.apply(raw);
    }

    /** Whether there is no curve at all. */
    public boolean isEmpty() {
        return curves.isEmpty();
    }

    /**
     * The calibration that a model folder brings, {@link #NONE} if it has no such file.
     *
     * @throws ModelFilesException if the file cannot be read or is none
     */
    public static ConfidenceCalibration ofFolder(Path folder) {
        Path file = folder.resolve(FILE_NAME);
        return Files.exists(file) ? read(file) : NONE;
    }

    /**
     * Reads a file. Unknown fields are refused, unknown tasks are not: plugins have their own.
     *
     * @throws ModelFilesException if it cannot be read or is none
     */
    public static ConfidenceCalibration read(Path file) {
        JsonObject json = JsonText.read(file);
        JsonFields fields = new JsonFields(json, file.toString());
        fields.requireOnly(FIELDS);
        Map<String, Map<AnswerPart, ConfidenceCurve>> curves = new TreeMap<>();
        JsonFields tasks = fields.object("curves");
        for (String task : json.getAsJsonObject("curves").keySet()) {
            curves.put(
                    task,
                    parts(tasks.object(task), json.getAsJsonObject("curves").getAsJsonObject(task)));
        }
        return new ConfidenceCalibration(fields.has("note") ? fields.string("note") : "", curves);
    }

    private static Map<AnswerPart, ConfidenceCurve> parts(JsonFields fields, JsonObject json) {
        Map<AnswerPart, ConfidenceCurve> parts = new EnumMap<>(AnswerPart.class);
        for (String word : json.keySet()) {
            AnswerPart part =
                    AnswerPart.named(word).orElseThrow(() -> fields.wrong(word, "named answer, phrase or box"));
            JsonFields curve = fields.object(word);
            curve.requireOnly(CURVE_FIELDS);
            double slope = curve.number("slope");
            double offset = curve.number("offset");
            if (!(slope > 0) || !Double.isFinite(slope)) {
                throw curve.wrong("slope", "a finite number more than 0");
            }
            if (!Double.isFinite(offset)) {
                throw curve.wrong("offset", "a finite number");
            }
            parts.put(part, new ConfidenceCurve(slope, offset));
        }
        return parts;
    }

    /** As the file has it; tasks and parts in a fixed order. */
    public String toJson() {
        JsonObject tasks = new JsonObject();
        new TreeMap<>(curves).forEach((task, parts) -> {
            JsonObject named = new JsonObject();
            new TreeMap<>(parts).forEach((part, curve) -> {
                JsonObject numbers = new JsonObject();
                numbers.addProperty("slope", curve.slope());
                numbers.addProperty("offset", curve.offset());
                named.add(part.word(), numbers);
            });
            tasks.add(task, named);
        });
        JsonObject root = new JsonObject();
        root.addProperty("note", note);
        root.add("curves", tasks);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(root)
                + "\n";
    }
}
