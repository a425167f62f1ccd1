package io.sextant.tasks;

import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What of an outcome is drawn on its image: its boxes, and its words in a strip below. */
public final class OutcomeImage {
    private OutcomeImage() {}

    /**
     * Phrases label their boxes, with what was asked for where something else came back; boxes without phrases are labelled with
     * the question they answer; those of a plugin's own result with their own label. The box that was asked about is drawn
     * too. The strip below has the question, how many boxes were found of what was looked for, and the answer without tags.
     *
     * @param outcome about the image
     * @param image as it was asked about
     */
    public static AnnotatedImage of(TaskOutcome outcome, RgbImage image) {
        List<LabelledBox> boxes = new ArrayList<>();
        if (outcome.box() != null) {
            boxes.add(new LabelledBox(outcome.prompt(), outcome.box()));
        }
        if (outcome.result() instanceof TaskResult.Phrases found) {
            for (LocatedPhrase phrase : found.phrases()) {
                String label = Findings.label(outcome, phrase);
                phrase.boxes().forEach(box -> boxes.add(new LabelledBox(label, box.pixels())));
            }
        } else if (outcome.result() instanceof TaskResult.Boxes found) {
            for (LocatedBox box : found.boxes()) {
                boxes.add(new LabelledBox(outcome.prompt(), box.pixels()));
            }
        } else if (outcome.result() instanceof TaskResult.Custom custom) {
            boxes.addAll(CustomBoxes.of(custom, outcome.prompt()));
        }
        return new AnnotatedImage(image, boxes, caption(outcome));
    }

    private static String caption(TaskOutcome outcome) {
        List<String> lines = new ArrayList<>();
        String summary = Findings.of(outcome).summary();
        if (!summary.isEmpty()) {
            lines.add(summary);
        } else if (outcome.result() instanceof TaskResult.Phrases found) {
            lines.add(outcome.prompt());
            lines.add(found.text());
            lines.add(Findings.count(found.phrases().stream()
                    .mapToInt(phrase -> phrase.boxes().size())
                    .sum()));
        } else if (outcome.result() instanceof TaskResult.Boxes found) {
            lines.add(Findings.count(found.boxes().size()));
        } else {
            lines.add(outcome.prompt());
            lines.add(outcome.text());
        }
        boolean isPlaced =
                outcome.result() instanceof TaskResult.Phrases || outcome.result() instanceof TaskResult.Boxes;
        if (isPlaced) {
            outcome.result().malformed().forEach(part -> lines.add("not readable: " + part));
        }
        if (outcome.isUnfamiliar()) {
            lines.add("unlike the drawn scenes this model knows: the answer means nothing");
        }
        return lines.stream().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
