package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.language.GroundedPhrase;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.noun.Nouns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers about an image of 200 x 100 pixels whose scores were worked out by hand. */
class ScorerTest {
    private static final Truth DOG_BOX = new Truth.Boxes(List.of(new PixelBox(20, 10, 60, 50)));
    private static final Truth.Phrases TWO_APPLES_AND_A_DOG = new Truth.Phrases(List.of(
            new GroundedPhrase("two apples", List.of(new PixelBox(0, 0, 40, 40), new PixelBox(100, 0, 140, 40))),
            new GroundedPhrase("a dog", List.of(new PixelBox(20, 60, 60, 100)))));

    private final Scorer scorer = new Scorer(new NounWords(Nouns.load(), List.of()));

    @Test
    void theFirstWrittenBoxIsRightFromHalfAnOverlapOn() {
        assertThat(score(DOG_BOX, "{<10><10><30><50>}")).isEqualTo(Tally.of(true));
        // 20 of 40 columns: intersection 800, union 1600.
        assertThat(score(DOG_BOX, "{<20><10><30><50>}")).isEqualTo(Tally.of(true));
        // 18 of 40 columns.
        assertThat(score(DOG_BOX, "{<21><10><30><50>}")).isEqualTo(Tally.of(false));
        assertThat(score(DOG_BOX, "it is here {<10><10><30><50>}{<0><0><1><1>}"))
                .isEqualTo(Tally.of(true));
        assertThat(score(DOG_BOX, "{<0><0><1><1>}<delim>{<10><10><30><50>}")).isEqualTo(Tally.of(false));
        assertThat(score(DOG_BOX, "<p>dog</p> {<10><10><30><50>}")).isEqualTo(Tally.of(true));
        assertThat(score(DOG_BOX, "over there")).isEqualTo(Tally.of(false));
    }

    @Test
    void wordsAreRightIfTheyEqualOneAnswerAfterNormalisation() {
        Truth truth = new Truth.Answers(List.of("the big apple", "the apple on the left"));

        assertThat(score(truth, "Apple on the left.")).isEqualTo(Tally.of(true));
        assertThat(score(truth, "the apple")).isEqualTo(Tally.of(false));
        assertThat(score(new Truth.Answers(List.of("2")), "two")).isEqualTo(Tally.of(true));
    }

    @Test
    void phrasesAreMatchedWithinTheirNoun() {
        assertThat(
                        score(
                                TWO_APPLES_AND_A_DOG,
                                "<p>two apples</p> {<0><0><20><40>}<delim>{<50><0><70><40>} and <p>a dog</p> {<10><60><30><100>}"))
                .isEqualTo(Tally.of(3, 3, 3));
        assertThat(score(TWO_APPLES_AND_A_DOG, "<p>apple</p> {<0><0><20><40>} <p>cat</p> {<10><60><30><100>}"))
                .as("the cat's box is right but for its noun")
                .isEqualTo(Tally.of(1, 2, 3));
        assertThat(score(TWO_APPLES_AND_A_DOG, "<p>apple</p> <p>dog</p>"))
                .as("phrases without a box say nothing")
                .isEqualTo(Tally.of(0, 0, 3));
        assertThat(score(TWO_APPLES_AND_A_DOG, "{<0><0><20><40>}"))
                .as("a box without a phrase is of no noun")
                .isEqualTo(Tally.of(0, 1, 3));
    }

    @Test
    void aTrueBoxIsMatchedOnceByTheBoxThatOverlapsItMost() {
        assertThat(score(TWO_APPLES_AND_A_DOG, "<p>apple</p> {<0><0><20><40>}<delim>{<0><0><18><40>}"))
                .isEqualTo(Tally.of(1, 2, 3));
        // The second box overlaps the first apple fully; the first one, with 4 of 5 columns, is left over for nothing.
        assertThat(score(TWO_APPLES_AND_A_DOG, "<p>apple</p> {<4><0><20><40>}<delim>{<0><0><20><40>}"))
                .isEqualTo(Tally.of(1, 2, 3));
    }

    @Test
    void absentNounsWithoutABoxCostNothing() {
        Truth.Phrases absent = new Truth.Phrases(List.of(new GroundedPhrase("cat", List.of())));

        assertThat(score(absent, "<p>cat</p>")).isEqualTo(Tally.of(0, 0, 0));
        assertThat(score(absent, "<p>cat</p>").isPerfect()).isTrue();
        assertThat(score(absent, "<p>cat</p> {<0><0><20><40>}")).isEqualTo(Tally.of(0, 1, 0));
    }

    @Test
    void captionsAreScoredByTheirNouns() {
        Truth truth = new Truth.Objects(List.of("dog", "apple", "car"));

        assertThat(score(truth, "a dog, two apples and a cat on a blue background"))
                .isEqualTo(new Tally(1, 2, 3, 3, 1));
        assertThat(score(truth, "a dog, a dog and a car")).isEqualTo(new Tally(1, 2, 2, 3, 0));
        assertThat(score(truth, "")).isEqualTo(new Tally(1, 0, 0, 3, 0));
    }

    @Test
    void groundedCaptionsAreScoredAsCaptionsByTheirWords() {
        assertThat(scorer.scoreAsCaption(TWO_APPLES_AND_A_DOG, "<p>an apple</p> {<0><0><1><1>} and <p>a cat</p>"))
                .isEqualTo(new Tally(1, 1, 2, 2, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>a dog {<1><2><3><4>}",
                "{<1><2><3>}",
                "{<1><2><3><4><5>}",
                "{<1><2><3><101>}",
                "{<5><2><3><4>}",
                "{<1><2><3><4>",
                "a dog</p>"
            })
    void tagsThatAreNotClosedAndBoxesThatAreNoneAreMalformed(String text) {
        assertThat(Scorer.isMalformed(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a dog", "<p>dog</p>", "<p>dog</p> {<1><2><3><4>}<delim>{<0><0><100><100>}", "3 < 4"})
    void otherTextIsWellFormed(String text) {
        assertThat(Scorer.isMalformed(text)).isFalse();
    }

    private Tally score(Truth truth, String text) {
        return scorer.score(truth, text, 200, 100);
    }
}
