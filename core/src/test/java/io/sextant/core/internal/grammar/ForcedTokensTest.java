package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must come is cut into tokens as the tokenizer cuts it, and nothing is forced where there is a choice. */
class ForcedTokensTest {
    private static final int PLENTY = 1000;
    private static final String TEXT = "<p>a cup</p> {<7><55><21><80>}<delim>{<100><0><100><99>} <p>owl</p>";

    private final LlamaTokenizer tokenizer = TestTokenizers.EMBEDDED.open();
    private final GrammarCompiler compiler = new GrammarCompiler(tokenizer);

    @ParameterizedTest
    @EnumSource(TestTokenizers.class)
    void areThoseTheTokenizerWrites(TestTokenizers vocabulary) {
        LlamaTokenizer any = vocabulary.open();
        GrammarCompiler itsCompiler = new GrammarCompiler(any);
        for (AnswerGrammar grammar : List.of(AnswerGrammar.phrases(1, 9), AnswerGrammar.groundedText())) {
            int[] canonical = any.encodePlain(TEXT);
            TokenConstraint constraint = itsCompiler.compile(grammar).start();
            int forced = 0;
            int at = 0;
            while (at < canonical.length) {
                int[] must = constraint.forced(PLENTY);
                assertThat(must)
                        .isEqualTo(Arrays.copyOfRange(canonical, at, Math.min(canonical.length, at + must.length)));
                forced += must.length;
                for (int id : must.length > 0 ? must : new int[] {canonical[at]}) {
                    constraint.advance(id);
                    at++;
                }
            }
            assertThat(forced).as("forced of " + canonical.length + " tokens").isGreaterThan(canonical.length / 4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', '\u2581{ <'",
        "'{<1', ''",
        "'{<10', ''",
        "'{<100', '><'",
        "'{<7', ''",
        "'{<37', '><'",
        "'{<37><9', ''",
        "'{<37><42><3', ''",
        "'{<37><42><37', '><'",
        "'{<100><42><', '1 0 0 ><'",
        "'{<37><42><37><99', '> } </s>'",
        "'{<37><42><37><99>}', '</s>'",
    })
    void ofABoxAreItsMarksAndDigitsWithoutAChoice(String written, String pieces) {
        assertThat(forcedAfter(AnswerGrammar.box(), written)).isEqualTo(pieces);
    }

    @Test
    void stopWhereAnotherTextCouldGoOn() {
        AnswerGrammar set = AnswerGrammar.oneOf(List.of("a red cup", "a red cap", "a red cup and plate"));

        assertThat(forcedAfter(set, "")).as("\u2581cup is one piece").isEqualTo("\u2581a \u2581red");
        assertThat(forcedAfter(set, "a red cu")).isEqualTo("p");
        assertThat(forcedAfter(set, "a red cup")).isEmpty();
        assertThat(forcedAfter(set, "a red ca")).isEqualTo("p </s>");
    }

    @Test
    void areNoneWhereTheyDoNotFit() {
        TokenConstraint box = compiler.compile(AnswerGrammar.box()).start();

        assertThat(box.forced(11)).isEmpty();
        assertThat(box.forced(12)).hasSize(2);
    }

    @Test
    void ofALongTextAreAllOfIt() {
        String text = "the quick brown fox jumps over the lazy dog ".repeat(5).strip();
        int[] canonical = tokenizer.encodePlain(text);
        int[] withEnd = Arrays.copyOf(canonical, canonical.length + 1);
        withEnd[canonical.length] = tokenizer.eos();
        TokenConstraint constraint = compiler.compile(AnswerGrammar.text(text)).start();

        assertThat(constraint.forced(PLENTY)).isEqualTo(withEnd);
        constraint.advance(canonical[0]);
        assertThat(constraint.forced(PLENTY)).isEqualTo(Arrays.copyOfRange(withEnd, 1, withEnd.length));
    }

    @Test
    void ofARepeatedTextStopAtItsLeastNumber() {
        AnswerGrammar grammar = AnswerGrammar.repeat(AnswerGrammar.text("go"), 40, 60, ", ");
        String least = "go" + ", go".repeat(39);

        int[] forced = compiler.compile(grammar).start().forced(PLENTY);

        assertThat(tokenizer.decode(forced, true)).isEqualTo(least);
    }

    @Test
    void neverHoldThePadPiece() {
        AnswerGrammar grammar = AnswerGrammar.sequence(AnswerGrammar.text("$$ "), AnswerGrammar.number(0, 9));
        int[] forced = compiler.compile(grammar).start().forced(PLENTY);

        assertThat(forced).doesNotContain(tokenizer.pad());
        assertThat(tokenizer.decode(forced, true).strip()).isEqualTo("$$");
    }

    private String forcedAfter(AnswerGrammar grammar, String written) {
        TokenConstraint constraint = compiler.compile(grammar).start();
        for (int id : tokenizer.encodePlain(written)) {
            constraint.advance(id);
        }
        return Arrays.stream(constraint.forced(PLENTY))
                .mapToObj(tokenizer::piece)
                .collect(Collectors.joining(" "));
    }
}
