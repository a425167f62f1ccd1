package io.sextant.tasks;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.ImageRegion;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.util.List;

/** What was found in a part of an image, in places of the whole. */
final class RegionResult {
    private RegionResult() {}

    /** Moves the boxes of boxes and phrases; what has none, and what a plugin made, stays as it is. */
    static TaskResult toWhole(TaskResult result, ImageRegion region) {
        if (result instanceof TaskResult.Phrases found) {
            List<LocatedPhrase> phrases = found.phrases().stream()
                    .map(phrase -> new LocatedPhrase(phrase.text(), boxes(phrase.boxes(), region), phrase.confidence()))
                    .toList();
            return new TaskResult.Phrases(found.text(), phrases, found.malformed());
        }
        if (result instanceof TaskResult.Boxes found) {
            return new TaskResult.Boxes(boxes(found.boxes(), region), found.malformed());
        }
        return result;
    }

    private static List<LocatedBox> boxes(List<LocatedBox> boxes, ImageRegion region) {
        return boxes.stream().map(box -> box(box, region)).toList();
    }

    private static LocatedBox box(LocatedBox box, ImageRegion region) {
        PixelBox pixels = region.toWhole(box.pixels());
        BinBox bins =
                BinBox.ofPixels(pixels, region.whole().width(), region.whole().height());
        return new LocatedBox(bins, pixels, box.confidence());
    }
}
