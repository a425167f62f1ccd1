package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ${className}TaskTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "0".repeat(64), 2, 2, 1, new byte[12]);

    @Test
    void isFoundOnTheClassPathAndAnswers() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("yes");
        ModelTaskRunner runner = new ModelTaskRunner(model, TaskRegistries.discover());

        TaskResult result = runner.run("${task}", TaskInput.about(IMAGE, "an apple")).result();

        assertThat(model.lastQuestion()).startsWith("[vqa] ").endsWith("is there an apple?");
        assertThat(result).isInstanceOfSatisfying(
                TaskResult.Answer.class, answer -> assertThat(answer.text()).isEqualTo("yes"));
    }

    @Test
    void refusesSettingsThatNameNoAnswer() {
        Map<String, Map<String, String>> settings = Map.of("${task}", Map.of("answers", ","));

        assertThatThrownBy(() -> TaskRegistries.discover(settings, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("answers");
    }
}
