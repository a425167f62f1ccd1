package com.example.colour;

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

class ColourTaskTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "0".repeat(64), 2, 2, 1, new byte[12]);

    @Test
    void isFoundOnTheClassPathAndAnswersWithAColour() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("Gray.");
        ModelTaskRunner runner = new ModelTaskRunner(model, TaskRegistries.discover());

        TaskResult result = runner.run("colour", TaskInput.about(IMAGE, "the apple")).result();

        assertThat(model.lastQuestion()).isEqualTo(
                        "[vqa] Based on the image, respond to this question with a short answer: what color is the apple?");
        assertThat(result).isInstanceOfSatisfying(TaskResult.Custom.class, custom -> assertThat(custom.object())
                .containsEntry("colour", "grey")
                .containsEntry("rgb", "#808080"));
    }

    @Test
    void saysSoWhereTheAnswerIsNoColourOfThePalette() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("red");
        ModelTaskRunner runner = new ModelTaskRunner(
                model, TaskRegistries.discover(Map.of("colour", Map.of("palette", "blue=#0000ff")), List.of()));

        assertThat(runner.run("colour", TaskInput.about(IMAGE, "it")).result())
                .isEqualTo(new TaskResult.Malformed("red"));
    }

    @Test
    void refusesAPaletteItCannotRead() {
        assertThatThrownBy(() ->
                        TaskRegistries.discover(Map.of("colour", Map.of("palette", "red=#f00")), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("red=#f00");
    }
}
