package io.sextant.training.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.sextant.core.internal.weights.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run stands.
 *
 * @param stage name of the stage
 * @param stageDigest of its file
 * @param step how many steps of it are done
 * @param steps how many it has
 * @param seconds it has taken so far
 * @param precision its products are computed in
 * @param sizes of the model in it
 * @param optimiserSteps how often each parameter was changed in it
 */
public record RunState(
        String stage,
        String stageDigest,
        long step,
        long steps,
        double seconds,
        String precision,
        StageSizes sizes,
        Map<String, Long> optimiserSteps) {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    public RunState {
        optimiserSteps = new LinkedHashMap<>(optimiserSteps);
    }

    /** Whether the stage is over. */
    public boolean isFinished() {
        return step >= steps;
    }

    String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("stage", stage);
        json.addProperty("stageDigest", stageDigest);
        json.addProperty("step", step);
        json.addProperty("steps", steps);
        json.addProperty("seconds", seconds);
        json.addProperty("precision", precision);
        json.addProperty("encoderBlocks", sizes.encoderBlocks());
        json.addProperty("decoderLayers", sizes.decoderLayers());
        json.addProperty("imageSize", sizes.imageSize());
        JsonObject counts = new JsonObject();
        optimiserSteps.forEach(counts::addProperty);
        json.add("optimiserSteps", counts);
        return GSON.toJson(json) + "\n";
    }

    static RunState parse(String text) {
        JsonObject json = JsonText.parse(text, "the state of a run");
        Map<String, Long> counts = new LinkedHashMap<>();
        json.getAsJsonObject("optimiserSteps")
                .entrySet()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().getAsLong()));
        return new RunState(
                json.get("stage").getAsString(),
                json.get("stageDigest").getAsString(),
                json.get("step").getAsLong(),
                json.get("steps").getAsLong(),
                json.get("seconds").getAsDouble(),
                json.get("precision").getAsString(),
                new StageSizes(
                        sizeOrAll(json, "encoderBlocks"),
                        sizeOrAll(json, "decoderLayers"),
                        sizeOrAll(json, "imageSize")),
                counts);
    }

    /** Checkpoints were once written without sizes. */
    private static int sizeOrAll(JsonObject json, String name) {
        return json.has(name) ? json.get(name).getAsInt() : 0;
    }
}
