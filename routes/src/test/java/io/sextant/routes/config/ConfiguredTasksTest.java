package io.sextant.routes.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.spi.InputNeed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredTasksTest {
    @Test
    void declaresTasksBesideTheBuiltInOnes() {
        TaskRegistry registry = registry(Map.of(
                "daylight",
                Map.of(
                        "identifier", "vqa",
                        "template", "is it day or night?",
                        "answers", "day, night",
                        "answers[0]", "dusk, or dawn",
                        "summary", "Tells day from night."),
                "story",
                Map.of("template", "tell a story about {prompt}", "image", "optional", "default-prompt", "a cat")));

        assertThat(registry.task("daylight").descriptor().summary()).isEqualTo("Tells day from night.");
        assertThat(registry.definition("daylight"))
                .containsEntry("shape", "ANSWER")
                .containsValues("day", "night", "dusk, or dawn");
        assertThat(registry.task("story").descriptor().imageNeed()).isEqualTo(InputNeed.OPTIONAL);
        assertThat(registry.task("caption").descriptor().name()).isEqualTo("caption");
    }

    @Test
    void namesTheKeysOfADeclaredTaskThatCannotBeUsed() {
        assertThatThrownBy(() -> registry(Map.of(
                        "daylight", Map.of("template", "day?", "shap", "number"),
                        "count", Map.of("template", "how many?", "shape", "round"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.tasks.\"daylight\".shap")
                .hasMessageContaining(
                        "sextant.tasks.\"count\".shape: \"round\" must be one of [text, answer, phrases, boxes, number]");
    }

    @Test
    void declaresStepsAndTellsTheKeyOfOneThatAsksNobody() {
        assertThat(registry(Map.of(
                                "colours",
                                Map.of(
                                        "steps[0].ask", "detection",
                                        "steps[0].prompt", "{prompt}",
                                        "steps[1].ask", "vqa",
                                        "steps[1].at", "detection",
                                        "steps[1].prompt", "which colour?",
                                        "budget.tokens", "300")))
                        .task("colours")
                        .descriptor()
                        .budget()
                        .tokens())
                .isEqualTo(300);
        assertThatThrownBy(() -> registry(Map.of("mine", Map.of("steps[0].ask", "vqa", "steps[0].promt", "a"))))
                .hasMessageContaining("sextant.tasks.\"mine\".steps[0].promt")
                .hasMessageContaining("did you mean prompt");
        assertThatThrownBy(() -> registry(Map.of("mine", Map.of("steps[0].ask", "vqu"))))
                .hasMessageContaining("\"mine\"")
                .hasMessageContaining("[vqu]");
    }

    @Test
    void refusesSettingsOfATaskThereIsNot() {
        assertThatThrownBy(() -> registry(Map.of("captoin", Map.of("key", "1"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.tasks.\"captoin\"");
    }

    @Test
    void tellsAllThatIsWrongWithTasksAtOnce() {
        Problems problems = new Problems();
        TaskRegistry registry = ConfiguredTasks.registry(
                Map.of(
                        "detection", Map.of("first", "1", "second", "2"),
                        "daylight", Map.of("template", "day?", "shape", "round"),
                        "of-a-jar", Map.of("volume", "11")),
                List.of(Path.of("no-file.yaml"), Path.of("tasks.txt")),
                List.of(Path.of("no-jar.jar"), Path.of("no-folder")),
                ConfiguredTasksTest.class.getClassLoader(),
                problems);

        assertThat(problems.messages())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("sextant.plugins.path", "no-jar.jar"),
                        problem -> assertThat(problem).contains("sextant.plugins.path", "no-folder"),
                        problem -> assertThat(problem).contains("sextant.tasks.\"daylight\".shape"),
                        problem -> assertThat(problem).contains("sextant.plugins.tasks", "no-file.yaml"),
                        problem -> assertThat(problem).contains("sextant.plugins.tasks", "tasks.txt"),
                        problem -> assertThat(problem).contains("sextant.tasks.\"detection\".first"),
                        problem -> assertThat(problem).contains("sextant.tasks.\"detection\".second"));
        assertThat(registry.task("detection")).as("stands in without settings").isNotNull();
    }

    private static TaskRegistry registry(Map<String, Map<String, String>> tasks) {
        Problems problems = new Problems();
        TaskRegistry registry = ConfiguredTasks.registry(
                tasks, List.of(), List.of(), ConfiguredTasksTest.class.getClassLoader(), problems);
        problems.throwIfAny();
        return registry;
    }
}
