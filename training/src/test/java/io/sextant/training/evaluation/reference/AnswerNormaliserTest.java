package io.sextant.training.evaluation.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerNormaliserTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "The Dog.|dog",
                "two|2",
                "Two dogs!|2 dogs",
                "none|0",
                "on the left|on left",
                "an ice cream, a dog|ice cream dog",
                "1,000|1000",
                "3.5 m.|3.5 m",
                "black/white|black white",
                "dont know|don't know",
                "couldnt've|couldn't've",
                "couldn'tve|couldn't've",
                "yall'll|y'all'll",
                "  a  |''",
                "?|''",
            })
    void makesAnswersComparable(String answer, String expected) {
        assertThat(AnswerNormaliser.normalise(answer)).isEqualTo(expected);
    }
}
