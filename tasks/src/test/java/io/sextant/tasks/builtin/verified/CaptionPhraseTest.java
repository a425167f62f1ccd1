package io.sextant.tasks.builtin.verified;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptionPhraseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a cup | a cup",
                "Two dogs, a cat and an ice cream on a blue background | Two dogs;a cat;an ice cream",
                "a man in a red shirt riding a horse on the beach | a man;a red shirt;a horse;the beach",
                "there is a bowl of fruit on the left side of a table. | a bowl;fruit;a table",
                "a group of people standing around a building | people;a building",
                "the image shows three old cars parked beside a fire hydrant | three old cars;a fire hydrant",
                "ein Café und 'n Hund | ein Café und;n Hund",
                "many | ''",
                "on a white background | ''",
                "... | ''",
                "'' | ''",
            })
    void cutsACaptionIntoThings(String caption, String phrases) {
        List<CaptionPhrase> found = CaptionPhrase.of(caption);

        assertThat(String.join(";", found.stream().map(CaptionPhrase::text).toList()))
                .isEqualTo(phrases);
        found.forEach(phrase -> assertThat(caption.substring(0, phrase.end())).endsWith(phrase.text()));
    }
}
