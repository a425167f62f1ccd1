package io.sextant.tasks.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.ResultJson;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskVersionTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "a".repeat(64), 20, 40, 1, new byte[3 * 20 * 40]);

    private final FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("yes");

    @Test
    void aNameAloneIsItsHighestVersion() {
        ModelTaskRunner runner = runner("daylight@2", "daylight@10");

        TaskOutcome highest = runner.run("daylight", TaskInput.about(IMAGE, ""));
        TaskOutcome pinned = runner.run("daylight@2", TaskInput.about(IMAGE, ""));

        assertThat(highest.task()).isEqualTo("daylight@10");
        assertThat(pinned.task()).isEqualTo("daylight@2");
        assertThat(pinned.id()).isNotEqualTo(highest.id());
        assertThat(ResultJson.COMPACT.toText(highest)).contains("\"task\":\"daylight@10\"");
        assertThat(model.lastQuestion()).isEqualTo("daylight@2?");
        assertThat(runner.registry().find("daylight@3")).isEmpty();
    }

    @Test
    void stepsAskAVersionOrTheHighest() {
        DeclaredSteps steps =
                DeclaredSteps.of("mine", List.of(DeclaredStep.of("a", "day@1", ""), DeclaredStep.of("b", "day", "")));
        ModelTaskRunner runner = new ModelTaskRunner(
                model,
                TaskRegistries.discover(
                        Map.of(), List.of(DeclaredTask.of("day@1", "one?"), DeclaredTask.of("day@2", "two?"), steps)));

        runner.run("mine", TaskInput.about(IMAGE, ""));

        assertThat(model.requests())
                .extracting(request ->
                        FakeVisionLanguageModel.write(request.turns().get(0).question()))
                .containsExactly("one?", "two?");
    }

    @Test
    void refusesANameWithAndWithoutAVersion() {
        assertThatThrownBy(() -> runner("daylight", "daylight@2"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two tasks \"daylight\"")
                .hasMessageContaining("daylight@2");
        assertThatThrownBy(() -> runner("caption@2")).hasMessageContaining("two tasks \"caption\"");
        assertThatThrownBy(() -> runner("daylight@2", "daylight@2")).hasMessageContaining("Two tasks are called");
    }

    @ParameterizedTest
    @ValueSource(strings = {"daylight@0", "daylight@02", "daylight@two", "daylight@", "@2", "Day@2", "day@1@2"})
    void refusesWhatIsNoVersion(String name) {
        assertThatThrownBy(() -> runner(name))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The task name");
    }

    private ModelTaskRunner runner(String... names) {
        return new ModelTaskRunner(
                model,
                TaskRegistries.discover(
                        Map.of(),
                        List.of(names).stream()
                                .map(name -> DeclaredTask.of(name, name + "?"))
                                .toList()));
    }
}
