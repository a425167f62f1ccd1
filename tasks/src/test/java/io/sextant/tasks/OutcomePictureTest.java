package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.AnnotatedPicture;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutcomePictureTest {
    private static final RgbImage PICTURE = new RgbImage("p.png", "0".repeat(64), 200, 100, 1, new byte[200 * 100 * 3]);

    private static AnnotatedPicture picture(String task, String prompt, @Nullable PixelBox box, String answer) {
        TaskRunner runner = new ModelTaskRunner(FakeVisionLanguageModel.answering(answer), TaskRegistries.discover());
        TaskInput input = new TaskInput(PICTURE, List.of(), prompt, box, GenerationSettings.DEFAULT);
        return OutcomePicture.of(runner.run(task, input), PICTURE);
    }

    @Test
    void labelsBoxesWithTheirPhrases() {
        AnnotatedPicture drawn = picture("detection", "cup", null, "<p>cup</p> {<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("cup", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).doesNotContain("<");
    }

    @Test
    void labelsBoxesWithoutPhrasesWithTheQuestion() {
        AnnotatedPicture drawn = picture("refer", "the red ball", null, "{<10><20><50><80>}");
        assertThat(drawn.boxes()).containsExactly(new LabelledBox("the red ball", new PixelBox(20, 20, 100, 80)));
        assertThat(drawn.caption()).isEmpty();
    }

    @Test
    void drawsTheBoxThatWasAskedAbout() {
        PixelBox box = new PixelBox(20, 20, 100, 80);
        AnnotatedPicture drawn = picture("identify", "", box, "a red ball");
        assertThat(drawn.boxes()).extracting(LabelledBox::box).containsExactly(box);
        assertThat(drawn.caption()).isEqualTo("a red ball");
    }
}
