package io.sextant.tasks;

import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;

/** What of an outcome is drawn on its image: its boxes, and its words in a strip below. */
public final class OutcomeImage {
    private OutcomeImage() {}

    /**
     * Phrases label their boxes and stand without tags in the strip; boxes without phrases are labelled with the question
     * they answer; everything else is the model's text alone. The box that was asked about is drawn too.
     *
     * @param outcome about the image
     * @param image as it was asked about
     */
    public static AnnotatedImage of(TaskOutcome outcome, RgbImage image) {
        List<LabelledBox> boxes = new ArrayList<>();
        String caption = outcome.text();
        if (outcome.box() != null) {
            boxes.add(new LabelledBox(outcome.prompt(), outcome.box()));
        }
        if (outcome.result() instanceof TaskResult.Phrases found) {
            for (LocatedPhrase phrase : found.phrases()) {
                phrase.boxes().forEach(box -> boxes.add(new LabelledBox(phrase.text(), box.pixels())));
            }
            caption = found.text();
        } else if (outcome.result() instanceof TaskResult.Boxes found) {
            for (LocatedBox box : found.boxes()) {
                boxes.add(new LabelledBox(outcome.prompt(), box.pixels()));
            }
            caption = "";
        }
        return new AnnotatedImage(image, boxes, caption);
    }
}
