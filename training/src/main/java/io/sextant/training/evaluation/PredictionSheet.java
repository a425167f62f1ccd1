package io.sextant.training.evaluation;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.box.AnnotatedText.Span;
import io.sextant.core.box.PixelBox;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.training.sheet.ContactSheet;
import io.sextant.training.sheet.Tile;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws a few right and wrong answers of every task, with the boxes written and the true ones. */
final class PredictionSheet {
    private static final int OF_EACH = 5;

    private PredictionSheet() {}

    static void write(List<Prediction> predictions, Scorer scorer, Path png) throws IOException {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);
        List<Tile> tiles = new ArrayList<>();
        for (Task task : Task.values()) {
            for (boolean isRight : new boolean[] {false, true}) {
                predictions.stream()
                        .filter(prediction -> prediction.annotation().question().task() == task)
                        .filter(prediction -> Scores.tally(prediction, scorer).isPerfect() == isRight)
                        .limit(OF_EACH)
                        .forEach(prediction -> tiles.add(new Tile(
                                decoder.decode(prediction.annotation().image()),
                                boxes(prediction),
                                caption(prediction, isRight))));
            }
        }
        ContactSheet.write(tiles, png);
    }

    private static List<LabelledBox> boxes(Prediction prediction) {
        Question question = prediction.annotation().question();
        List<LabelledBox> boxes = new ArrayList<>();
        PixelBox asked = question.box();
        if (asked != null) {
            boxes.add(new LabelledBox("asked", asked));
        }
        if (question.truth() instanceof Truth.Boxes truth) {
            truth.boxes().forEach(box -> boxes.add(new LabelledBox("true", box)));
        } else if (question.truth() instanceof Truth.Phrases truth) {
            truth.phrases()
                    .forEach(phrase ->
                            phrase.boxes().forEach(box -> boxes.add(new LabelledBox("true: " + phrase.text(), box))));
        }
        for (Span span : AnnotatedText.parse(prediction.text()).spans()) {
            addWritten(span, prediction, boxes);
        }
        return boxes;
    }

    private static void addWritten(Span span, Prediction prediction, List<LabelledBox> boxes) {
        if (span instanceof Phrase phrase) {
            phrase.boxes()
                    .forEach(box -> boxes.add(new LabelledBox(
                            phrase.text(), box.box().toPixels(prediction.width(), prediction.height()))));
        } else if (span instanceof AnnotatedText.BareBoxes bare) {
            bare.boxes()
                    .forEach(box -> boxes.add(
                            new LabelledBox("written", box.box().toPixels(prediction.width(), prediction.height()))));
        }
    }

    private static String caption(Prediction prediction, boolean isRight) {
        Question question = prediction.annotation().question();
        String truth = question.truth() instanceof Truth.Answers answers
                ? " (true: " + answers.answers().get(0) + ")"
                : question.truth() instanceof Truth.Objects objects ? " (true: " + objects.nouns() + ")" : "";
        return (isRight ? "right" : "WRONG") + ", line "
                + prediction.annotation().line() + ", [" + question.task().word() + "] " + question.prompt() + " = "
                + prediction.text() + truth;
    }
}
