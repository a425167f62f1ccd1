package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomeImageTest {
    private static final RgbImage IMAGE = new RgbImage("p.png", "0".repeat(64), 200, 100, 1, new byte[200 * 100 * 3]);

    private static AnnotatedImage image(String task, String prompt, @Nullable PixelBox box, String answer) {
        TaskRunner runner = new ModelTaskRunner(FakeVisionLanguageModel.answering(answer), TaskRegistries.discover());
        TaskInput input = new TaskInput(IMAGE, List.of(), prompt, box, GenerationSettings.DEFAULT);
        return OutcomeImage.of(runner.run(task, input), IMAGE);
    }

    @Test
    void labelsBoxesWithTheirPhrases() {
        AnnotatedImage drawn = image("detection", "cup", null, "<p>cup</p> {<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("cup", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).doesNotContain("<");
    }

    @Test
    void labelsBoxesWithoutPhrasesWithTheQuestion() {
        AnnotatedImage drawn = image("refer", "the red ball", null, "{<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("the red ball", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).isEmpty();
    }

    @Test
    void drawsTheBoxThatWasAskedAbout() {
        PixelBox box = new PixelBox(20, 20, 100, 80);
        AnnotatedImage drawn = image("identify", "", box, "a red ball");
        assertThat(drawn.boxes()).extracting(LabelledBox::box).containsExactly(box);
        assertThat(drawn.caption()).isEqualTo("a red ball");
    }
}
