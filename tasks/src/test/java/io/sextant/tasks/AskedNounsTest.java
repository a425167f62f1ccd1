package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AskedNounsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dog|dog",
                "the dog, two cats and a hot air balloon|dog/cats/hot air balloon",
                "cup;plate or fork|cup/plate/fork",
                "a dog chases two cats in the park|",
                "dog, dog|dog",
            })
    void takesNounsOutOfAList(String prompt, String nouns) {
        assertThat(String.join("/", AskedNouns.of(prompt).nouns())).isEqualTo(nouns == null ? "" : nouns);
    }

    @ParameterizedTest
    @CsvSource({
        "buses,bus,true",
        "houses,house,true",
        "knives,a knife,true",
        "people,the person,true",
        "ladies,lady,true",
        "glass,glasses,true",
        "car,the red car,true",
        "red car,car,true",
        "puppy,house,false",
        "cat,caterpillar,false",
        "gas,ga,false"
    })
    void knowsANounInTheOtherNumber(String asked, String answered, boolean isSame) {
        assertThat(AskedNouns.of(asked).mentions(answered)).isEqualTo(isSame);
    }

    @Test
    void holdsASentenceAgainstItsWords() {
        AskedNouns asked = AskedNouns.of("a dog chases two cats in the park");
        assertThat(asked.mentions("the park")).isTrue();
        assertThat(asked.mentions("a tree")).isFalse();
    }
}
