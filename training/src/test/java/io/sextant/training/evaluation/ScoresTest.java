package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.training.evaluation.Scores.CaptionKind;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Round;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.noun.Nouns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Predictions made by hand, and what their scores come to. */
class ScoresTest {
    private static final double TINY = 1e-12;
    private static final Round EARLIER = new Round(Task.REFER, "the dog", "{<1><2><3><4>}");

    private final Scorer scorer = new Scorer(new NounWords(Nouns.load(), List.of()));
    private final List<Prediction> predictions = new ArrayList<>();

    @Test
    void accuracyIsTheShareOfRightAnswers() {
        vqa("a.jpg", "how many?", "2", "two");
        vqa("a.jpg", "is it?", "yes", "no");
        vqa("b.jpg", "is it?", "yes", "Yes.");

        assertThat(task(Task.VQA).accuracy()).isEqualTo(2.0 / 3, offset(TINY));
    }

    @Test
    void precisionAndRecallAreTakenOverAllBoxesTogether() {
        detection("<p>dog</p> {<0><0><20><40>}", box(0, 0, 40, 40), box(100, 0, 140, 40));
        detection("<p>dog</p> {<0><0><20><40>}<delim>{<60><60><70><70>}", box(0, 0, 40, 40));
        detection("<p>dog</p>", box(0, 0, 40, 40));

        Tally tally = task(Task.DETECTION);
        assertThat(tally.requests()).isEqualTo(3);
        assertThat(tally.precision()).isEqualTo(2.0 / 3, offset(TINY));
        assertThat(tally.recall()).isEqualTo(2.0 / 4, offset(TINY));
        assertThat(tally.f1()).isEqualTo(4.0 / 7, offset(TINY));
    }

    @Test
    void captionsOfEachKindAreToldApart() {
        caption("briefly describe this image", "a dog and a cat", "dog");
        caption("Describe this image", "a dog and a cat", "dog", "cat");
        caption("describe this image", "a cow", "dog", "cat");
        grounding("<p>a dog</p> {<0><0><20><40>} and <p>a cow</p> {<0><0><1><1>}", "a dog", box(0, 0, 40, 40));

        Scores scores = scores();

        Tally all = task(Task.CAPTION);
        assertThat(all.precision()).isEqualTo(3.0 / 5, offset(TINY));
        assertThat(all.recall()).isEqualTo(3.0 / 5, offset(TINY));
        assertThat(all.chairI()).isEqualTo(2.0 / 5, offset(TINY));
        assertThat(all.chairS()).isEqualTo(2.0 / 3, offset(TINY));
        assertThat(scores.byCaption().get(CaptionKind.SHORT)).isEqualTo(new Tally(1, 1, 2, 1, 1));
        assertThat(scores.byCaption().get(CaptionKind.DETAILED)).isEqualTo(new Tally(2, 2, 3, 4, 1));
        assertThat(scores.byCaption().get(CaptionKind.GROUNDED)).isEqualTo(new Tally(1, 1, 2, 1, 1));
        assertThat(task(Task.GROUNDING)).isEqualTo(new Tally(1, 1, 2, 1, 1));
    }

    @Test
    void secondRoundsAreComparedWithTheSameQuestionsInFirstRounds() {
        vqa("a.jpg", "how many?", "2", "2");
        vqa("a.jpg", "asked once only", "2", "3");
        vqa("b.jpg", "how many?", "2", "2");
        predictions.add(prediction(
                "a.jpg", question(Task.VQA, "how many?", answers("2")).after(List.of(EARLIER)), "3"));
        predictions.add(prediction(
                "b.jpg", question(Task.VQA, "how many?", answers("2")).after(List.of(EARLIER)), "2"));

        Scores.Rounds rounds = Objects.requireNonNull(scores().rounds().get(Task.VQA));

        assertThat(rounds.isSameQuestions()).isTrue();
        assertThat(rounds.first()).isEqualTo(new Tally(2, 2, 2, 2, 0));
        assertThat(rounds.later()).isEqualTo(new Tally(2, 1, 2, 2, 1));
    }

    @Test
    void roundsOfDifferentQuestionsAreComparedAsTheyAre() {
        vqa("a.jpg", "how many?", "2", "2");
        predictions.add(
                prediction("b.jpg", question(Task.VQA, "is it?", answers("yes")).after(List.of(EARLIER)), "no"));

        Scores.Rounds rounds = Objects.requireNonNull(scores().rounds().get(Task.VQA));

        assertThat(rounds.isSameQuestions()).isFalse();
        assertThat(rounds.first().accuracy()).isEqualTo(1);
        assertThat(rounds.later().accuracy()).isZero();
    }

    @Test
    void malformedIsAShareOfAllAnswers() {
        vqa("a.jpg", "how many?", "2", "2");
        vqa("a.jpg", "how many?", "2", "{<1><2>}");
        vqa("a.jpg", "how many?", "2", "<p>2");
        vqa("a.jpg", "how many?", "2", "{<1><2><3><4>}");

        assertThat(scores().malformed()).isEqualTo(0.5);
    }

    @Test
    void writesThePublishedShape() {
        vqa("a.jpg", "how many?", "2", "2");
        detection("<p>dog</p> {<0><0><20><40>}", box(0, 0, 40, 40));
        caption("describe this image", "a dog", "dog");

        JsonObject json = JsonParser.parseString(ScoresJson.write(scores())).getAsJsonObject();

        assertThat(json.keySet())
                .contains("refer", "identify", "vqa", "detection", "grounding", "caption", "malformed")
                .doesNotContain("chat");
        assertThat(json.getAsJsonObject("vqa").keySet()).containsExactly("count", "accuracy");
        assertThat(json.getAsJsonObject("detection").keySet()).containsExactly("count", "precision", "recall", "f1");
        assertThat(json.getAsJsonObject("caption").keySet())
                .containsExactly("count", "precision", "recall", "f1", "chair_i", "chair_s");
        assertThat(json.getAsJsonObject("refer").get("count").getAsInt()).isZero();
        assertThat(json.get("malformed").getAsDouble()).isZero();
    }

    @Test
    void writesATableForPeople() {
        vqa("a.jpg", "how many?", "2", "2");
        vqa("a.jpg", "is it?", "yes", "no");
        predictions.add(
                prediction("a.jpg", question(Task.VQA, "is it?", answers("yes")).after(List.of(EARLIER)), "yes"));

        assertThat(ScoresTable.write(scores()))
                .contains("66.7 %")
                .contains("malformed answers: 0.0 %")
                .contains("vqa in a later round: 100.0 %, first asked: 0.0 % (1 of the same questions)");
    }

    private Scores scores() {
        return Scores.of(predictions, scorer, ConfidenceCalibration.NONE);
    }

    private Tally task(Task task) {
        return scores().byTask().getOrDefault(task, Tally.NONE);
    }

    private void vqa(String image, String prompt, String truth, String text) {
        predictions.add(prediction(image, question(Task.VQA, prompt, answers(truth)), text));
    }

    private void detection(String text, PixelBox... boxes) {
        Truth truth = new Truth.Phrases(List.of(new GroundedPhrase("dog", List.of(boxes))));
        predictions.add(prediction("a.jpg", question(Task.DETECTION, "dog", truth), text));
    }

    private void grounding(String text, String phrase, PixelBox... boxes) {
        Truth truth = new Truth.Phrases(List.of(new GroundedPhrase(phrase, List.of(boxes))));
        predictions.add(prediction("a.jpg", question(Task.GROUNDING, "describe this image", truth), text));
    }

    private void caption(String prompt, String text, String... nouns) {
        predictions.add(prediction("a.jpg", question(Task.CAPTION, prompt, new Truth.Objects(List.of(nouns))), text));
    }

    private static Truth answers(String answer) {
        return new Truth.Answers(List.of(answer));
    }

    private static PixelBox box(int left, int top, int right, int bottom) {
        return new PixelBox(left, top, right, bottom);
    }

    private static Question question(Task task, String prompt, Truth truth) {
        return new Question(task, List.of(), prompt, null, "", truth);
    }

    private static Prediction prediction(String image, Question question, String text) {
        return new Prediction(
                new Annotation(1, Path.of(image), question, new JsonObject()), text, SpanConfidence.CERTAIN, 200, 100);
    }
}
