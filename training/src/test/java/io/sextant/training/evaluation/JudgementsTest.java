package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.confidence.ConfidenceCurve;
import io.sextant.training.evaluation.boxes.AveragePrecision;
import io.sextant.training.evaluation.confidence.Reliability;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.noun.Nouns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Answers on images of 200 x 100 pixels, with confidences made by hand. */
class JudgementsTest {
    private static final Offset<Double> TINY = within(1e-12);
    private static final PixelBox LEFT = new PixelBox(0, 0, 40, 40);
    private static final PixelBox RIGHT = new PixelBox(100, 0, 140, 40);

    private final Scorer scorer = new Scorer(new NounWords(Nouns.load(), List.of()));
    private final List<Prediction> predictions = new ArrayList<>();

    @Test
    void anAnswerIsAsSureAsItsWholeText() {
        Truth truth = new Truth.Answers(List.of("two dogs"));
        add(Task.VQA, truth, "two dogs", (start, end) -> start == 0 && end == 8 ? 0.8 : 0);
        add(Task.VQA, truth, "three", (start, end) -> 0.6);

        Reliability answers = reliability(Task.VQA, AnswerPart.ANSWER);

        assertThat(answers.count()).isEqualTo(2);
        assertThat(answers.meanConfidence()).isCloseTo(0.7, TINY);
        assertThat(answers.accuracy()).isEqualTo(0.5);
        // (|0.8 - 1| + |0.6 - 0|) / 2
        assertThat(answers.expectedCalibrationError()).isCloseTo(0.4, TINY);
    }

    @Test
    void boxesAndWordsOfPhrasesAreJudgedApart() {
        Truth truth = new Truth.Phrases(
                List.of(new GroundedPhrase("a dog", List.of(LEFT)), new GroundedPhrase("a cat", List.of(RIGHT))));
        String text = "<p>the dog</p> {<0><0><20><40>}<delim>{<60><60><70><70>} and <p>a cow</p> {<50><0><70><40>}";
        add(Task.GROUNDING, truth, text, (start, end) -> switch (text.substring(start, end)) {
            case "the dog" -> 0.9;
            case "a cow" -> 0.4;
            case "{<0><0><20><40>}" -> 0.8;
            case "{<60><60><70><70>}" -> 0.3;
            case "{<50><0><70><40>}" -> 0.7;
            default -> throw new AssertionError(text.substring(start, end));
        });

        Reliability phrases = reliability(Task.GROUNDING, AnswerPart.PHRASE);
        Reliability boxes = reliability(Task.GROUNDING, AnswerPart.BOX);

        // The dog is there, the cow is not; of the boxes only the dog's first meets a true box of its noun.
        assertThat(phrases.expectedCalibrationError()).isCloseTo((0.1 + 0.4) / 2, TINY);
        assertThat(boxes.expectedCalibrationError()).isCloseTo((0.2 + 0.3 + 0.7) / 3, TINY);
        assertThat(boxes.accuracy()).isCloseTo(1.0 / 3, TINY);
        // The dog has all of it, since its wrong box comes last; the cat was not found; there is no cow.
        assertThat(Judgements.of(predictions, scorer).averagePrecision())
                .isEqualTo(Map.of(Task.GROUNDING, new AveragePrecision(0.5, 0.5, 2)));
    }

    @Test
    void allBoxesOfAnExpressionCompeteForItsOneTrueBox() {
        Truth truth = new Truth.Boxes(List.of(LEFT));
        add(Task.REFER, truth, "{<50><0><70><40>}{<0><0><20><40>}", (start, end) -> start == 0 ? 0.9 : 0.6);
        add(Task.REFER, truth, "<p>dog</p> {<0><0><20><40>}", (start, end) -> 0.8);
        add(Task.REFER, truth, "no idea", (start, end) -> 1);

        assertThat(reliability(Task.REFER, AnswerPart.BOX).accuracy()).isCloseTo(2.0 / 3, TINY);
        // Wrong, right, right of three wanted: 2/3 up to a recall of 2/3, the first 67 of 101.
        assertThat(Objects.requireNonNull(Judgements.of(predictions, scorer)
                                .averagePrecision()
                                .get(Task.REFER))
                        .at50())
                .isCloseTo(67 * 2.0 / 3 / 101, TINY);
    }

    @Test
    void captionsAreNeitherRightNorWrong() {
        add(Task.CAPTION, new Truth.Objects(List.of("dog")), "a dog", (start, end) -> 0.5);
        assertThat(Judgements.of(predictions, scorer).reliability(ConfidenceCalibration.NONE))
                .isEmpty();
    }

    @Test
    void aCurveIsFittedForWhatEnoughWasSaidOf() {
        for (int i = 0; i < 60; i++) {
            double confidence = i % 2 == 0 ? 0.95 : 0.6;
            boolean isRight = i % 2 == 0 ? i % 6 != 0 : i % 6 == 1;
            add(Task.VQA, new Truth.Answers(List.of("2")), isRight ? "2" : "3", (start, end) -> confidence);
        }
        add(Task.IDENTIFY, new Truth.Answers(List.of("2")), "2", (start, end) -> 1);

        ConfidenceCalibration fitted = Judgements.of(predictions, scorer).fit("by hand");

        assertThat(fitted.note()).isEqualTo("by hand");
        assertThat(fitted.curves().keySet()).containsExactly("vqa");
        // 2 of 3 are right at 0.95 and 1 of 3 at 0.6, but for the smoothing of 30 right ones and 30 wrong ones.
        assertThat(fitted.calibrated("vqa", AnswerPart.ANSWER, 0.95)).isCloseTo(2.0 / 3, within(0.02));
        assertThat(fitted.calibrated("vqa", AnswerPart.ANSWER, 0.6)).isCloseTo(1.0 / 3, within(0.02));
        Reliability mended = Objects.requireNonNull(Objects.requireNonNull(
                        Judgements.of(predictions, scorer).reliability(fitted).get(Task.VQA))
                .get(AnswerPart.ANSWER));
        assertThat(reliability(Task.VQA, AnswerPart.ANSWER).expectedCalibrationError())
                .isGreaterThan(0.25);
        assertThat(mended.expectedCalibrationError()).isLessThan(0.02);
    }

    @Test
    void reportsAllOfIt() {
        Truth truth = new Truth.Phrases(List.of(new GroundedPhrase("dog", List.of(LEFT))));
        add(Task.DETECTION, truth, "<p>dog</p> {<0><0><20><40>}", (start, end) -> 0.75);
        ConfidenceCalibration calibration = new ConfidenceCalibration(
                "", Map.of("detection", Map.of(AnswerPart.BOX, new ConfidenceCurve(1, Math.log(3)))));
        Scores scores = Scores.of(predictions, scorer, calibration);

        String table = ScoresTable.write(scores);
        JsonObject json = JsonParser.parseString(ScoresJson.write(scores)).getAsJsonObject();

        assertThat(table)
                .contains("detection average precision: AP50 100.0 %, AP50:95 100.0 % (classes: 1)")
                .contains("raw confidence, detection box: 1, mean 0.750, right 100.0 %, expected calibration error 25.0"
                        + " %")
                .contains("  over 0.7 to 0.8        1  mean 0.750  right  100.0 %")
                .contains("calibrated confidence, detection box: 1, mean 0.900");
        JsonObject box =
                json.getAsJsonObject("reliability").getAsJsonObject("detection").getAsJsonObject("box");
        assertThat(box.get("expected_calibration_error").getAsDouble()).isCloseTo(0.25, TINY);
        assertThat(box.getAsJsonArray("bins")).hasSize(10);
        assertThat(box.getAsJsonArray("bins")
                        .get(7)
                        .getAsJsonObject()
                        .get("accuracy")
                        .getAsDouble())
                .isEqualTo(1);
        assertThat(json.getAsJsonObject("calibrated_reliability")
                        .getAsJsonObject("detection")
                        .getAsJsonObject("box")
                        .get("confidence")
                        .getAsDouble())
                .isCloseTo(0.9, TINY);
        assertThat(json.getAsJsonObject("average_precision")
                        .getAsJsonObject("detection")
                        .toString())
                .isEqualTo("{\"ap50\":1.0,\"ap50_95\":1.0,\"classes\":1}");
    }

    private Reliability reliability(Task task, AnswerPart part) {
        return Objects.requireNonNull(Objects.requireNonNull(Judgements.of(predictions, scorer)
                        .reliability(ConfidenceCalibration.NONE)
                        .get(task))
                .get(part));
    }

    private void add(Task task, Truth truth, String text, SpanConfidence confidence) {
        Question question = new Question(task, List.of(), "?", null, "", truth);
        predictions.add(new Prediction(
                new Annotation(1, Path.of("a.jpg"), question, new JsonObject()), text, confidence, 200, 100));
    }
}
