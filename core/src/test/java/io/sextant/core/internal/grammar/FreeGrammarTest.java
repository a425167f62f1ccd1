package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FreeGrammarTest {
    private final LlamaTokenizer tokenizer = TestTokenizers.SMALL.open();
    private final TokenConstraint answer =
            new GrammarCompiler(tokenizer).compile(AnswerGrammar.free()).start();

    @Test
    void leavesEveryTokenThereIs() {
        float[] scores = new float[tokenizer.vocabularySize()];
        answer.mask(scores, 5);
        assertThat(scores).containsOnly(0);
    }

    /** Vocabularies of decoders are filled up, and have rows for tokens that were added and have no text. */
    @Test
    void leavesNoneThatTheTokenizerLacks() {
        int size = tokenizer.vocabularySize();
        float[] scores = new float[size + 64];
        answer.mask(scores, 5);
        assertThat(scores[size - 1]).isZero();
        assertThat(Arrays.copyOfRange(scores, size, scores.length)).containsOnly(Float.NEGATIVE_INFINITY);
    }
}
