package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.prompt.AnswerText;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of grammars: whatever the scores and however few tokens, an answer is one of the grammar's texts, and whole. */
class ConstrainedAnswerTest {
    private static final int LARGE_BUDGET = 150;
    private static final int ROUNDS = Integer.getInteger("sextant.grammar.rounds", 1);

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (TestTokenizers tokenizer : TestTokenizers.values()) {
            for (HostileScores scores : HostileScores.values()) {
                cases.add(Arguments.of(tokenizer, scores));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1} seed=11")
    @MethodSource("cases")
    void isAWholeTextOfTheGrammarWithinItsTokens(TestTokenizers vocabulary, HostileScores hostile) {
        LlamaTokenizer tokenizer = vocabulary.open();
        GrammarCompiler compiler = new GrammarCompiler(tokenizer);
        SplittableRandom random = new SplittableRandom(11);
        float[] taste = hostile.taste(tokenizer);
        boolean isLarge = tokenizer.vocabularySize() > 10_000;
        for (GrammarCase one : GrammarCase.all()) {
            String name = one.toString();
            CompiledGrammar grammar = compiler.compile(one.grammar());
            for (int round = 0; round < ROUNDS * (isLarge ? 1 : 2); round++) {
                for (int more : new int[] {0, 1, 2, 5, 20, LARGE_BUDGET}) {
                    int budget = grammar.shortestAnswer() + more;
                    for (boolean jumps : new boolean[] {false, true}) {
                        int[] ids = write(grammar, hostile, taste, random, budget, jumps);
                        String text = AnswerText.of(tokenizer, ids, new double[ids.length])
                                .text();

                        assertThat(ids.length).as(name).isBetween(1, budget);
                        assertThat(ids[ids.length - 1]).as(name).isEqualTo(tokenizer.eos());
                        assertThat(one.has(text))
                                .as(name + ": \"" + text + "\"")
                                .isTrue();
                    }
                }
            }
        }
    }

    private static int[] write(
            CompiledGrammar grammar,
            HostileScores hostile,
            float[] taste,
            SplittableRandom random,
            int budget,
            boolean jumps) {
        TokenConstraint constraint = grammar.start();
        float[] scores = new float[taste.length];
        int[] ids = new int[budget];
        int count = 0;
        while (!constraint.isComplete()) {
            int[] forced = jumps ? constraint.forced(budget - count) : new int[0];
            for (int id : forced) {
                constraint.advance(id);
                ids[count++] = id;
            }
            if (forced.length == 0) {
                hostile.fill(scores, taste, random);
                constraint.mask(scores, budget - count);
                int id = best(scores);
                if (!Float.isFinite(scores[id])) {
                    throw new AssertionError("the best score is " + scores[id]);
                }
                constraint.advance(id);
                ids[count++] = id;
            }
        }
        return Arrays.copyOf(ids, count);
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int id = 0; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        return best;
    }
}
