package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import io.sextant.training.world.noun.Nouns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NounWordsTest {
    private static final Question OTHER_NOUNS =
            new Question(Task.CAPTION, List.of(), "", null, "", new Truth.Objects(List.of("fire truck", "fox")));

    private final NounWords words = new NounWords(Nouns.load(), List.of(OTHER_NOUNS));

    @Test
    void findsNounsOnceWithPluralsFolded() {
        assertThat(words.said("Two knives, a knife and three sheep on a blue background"))
                .containsExactly("knife", "sheep");
    }

    @Test
    void prefersTheLongerName() {
        assertThat(words.said("an ice cream and a fire truck")).containsExactly("ice cream", "fire truck");
        assertThat(words.said("a truck")).containsExactly("truck");
    }

    @Test
    void knowsNounsTheDataSetBringsAndTheirPlurals() {
        assertThat(words.said("two foxes, a unicorn")).containsExactly("fox");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a dog|dog",
                "Two Apples|apple",
                "two ice creams|ice cream",
                "fish|fish",
                "the small red car|car",
                "several unicorns|unicorn",
                "grass|grass",
                "''|''"
            })
    void headIsTheNounAPhraseEndsWith(String phrase, String head) {
        assertThat(words.head(phrase)).isEqualTo(head);
    }
}
