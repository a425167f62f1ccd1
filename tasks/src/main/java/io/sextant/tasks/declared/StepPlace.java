package io.sextant.tasks.declared;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A place that a step found, where further ones may be asked.
 *
 * @param words what was found there; empty where nobody said
 * @param box in pixels of the whole image
 */
record StepPlace(String words, LocatedBox box) {

    /** Of a result that has boxes, in their order. */
    static List<StepPlace> of(TaskResult result) {
        List<StepPlace> places = new ArrayList<>();
        if (result instanceof TaskResult.Phrases phrases) {
            for (LocatedPhrase phrase : phrases.phrases()) {
                phrase.boxes().forEach(box -> places.add(new StepPlace(phrase.text(), box)));
            }
        } else if (result instanceof TaskResult.Boxes boxes) {
            boxes.boxes().forEach(box -> places.add(new StepPlace("", box)));
        }
        return places;
    }

    /** The request's own box. */
    static StepPlace given(TaskRequest request) {
        PixelBox box = Objects.requireNonNull(request.box(), "box");
        BinBox bins = BinBox.ofPixels(box, request.imageWidth(), request.imageHeight());
        return new StepPlace("", new LocatedBox(bins, box, 1));
    }
}
