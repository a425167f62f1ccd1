package io.sextant.tasks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every request of the golden set can be asked through a task, and is written as the reference writes it. */
class PromptGoldenTest {
    private static final RgbImage IMAGE = new RgbImage("any", "0".repeat(64), 10, 10, 1, new byte[300]);

    /** What the templates of two tasks put before the user's words, as evaluations of the reference do. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "vqa", "Based on the image, respond to this question with a short answer: ",
            "refer", "give me the location of ");

    @Test
    void asksWhatTheReferenceAsks() {
        GoldenSet golden = GoldenSet.open();
        List<JsonObject> cases = new ArrayList<>();
        for (JsonElement element : golden.json("golden/prompts.json").getAsJsonArray("cases")) {
            cases.add(element.getAsJsonObject());
        }
        Coverage coverage = new Coverage(
                "task prompts",
                cases.stream().map(one -> one.get("name").getAsString()).toList());
        for (JsonObject one : cases) {
            String request = one.get("request").getAsString();
            String task =
                    one.get("task").isJsonNull() ? "chat" : one.get("task").getAsString();
            coverage.compareExactly(one.get("name").getAsString(), written(task, request), request);
        }
        coverage.assertComplete();
    }

    private static String written(String task, String request) {
        String words = task.equals("chat") ? request : request.substring(("[" + task + "] ").length());
        String template = TEMPLATES.getOrDefault(task, "");
        boolean isTemplated = !template.isEmpty() && words.startsWith(template);
        Map<String, Map<String, String>> settings = template.isEmpty() || isTemplated
                ? Map.of()
                : Map.of(task, Map.of("template", task.equals("vqa") ? "plain" : "bare"));
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("");
        new ModelTaskRunner(model, TaskRegistries.discover(settings, List.of()))
                .run(task, TaskInput.about(IMAGE, isTemplated ? words.substring(template.length()) : words));
        return model.lastQuestion();
    }
}
