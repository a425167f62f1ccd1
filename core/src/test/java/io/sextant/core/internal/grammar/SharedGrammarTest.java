package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One compiled grammar serves all answers: what it remembers of one changes nothing for another. */
class SharedGrammarTest {
    private static final int THREADS = 8;
    private static final int BUDGET = 90;

    private final LlamaTokenizer tokenizer = TestTokenizers.SMALL.open();

    static List<GrammarCase> cases() {
        return GrammarCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesEveryThreadWhatItGivesOne(GrammarCase one) throws Exception {
        List<int[]> alone = answers(new GrammarCompiler(tokenizer).compile(one.grammar()));
        CompiledGrammar shared = new GrammarCompiler(tokenizer).compile(one.grammar());
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<List<int[]>> work = () -> {
                together.await();
                return answers(shared);
            };
            List<Future<List<int[]>>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(work));
            }
            for (Future<List<int[]>> answers : running) {
                assertThat(answers.get()).usingRecursiveComparison().isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesTheSameWhenItForgetsAtEveryStep(GrammarCase one) {
        VocabularyTrie vocabulary = new VocabularyTrie(tokenizer);
        ExpressionBuilder builder = new ExpressionBuilder(vocabulary);
        CompiledGrammar forgetful = new ExpressionGrammar(
                new Places(vocabulary, tokenizer, 1), builder.build(one.grammar()), builder.text(" "));

        assertThat(answers(forgetful))
                .usingRecursiveComparison()
                .isEqualTo(answers(new GrammarCompiler(tokenizer).compile(one.grammar())));
    }

    @Test
    void losesNoneOfAsManyOptionsAsThereMayBe() {
        List<String> texts = IntStream.range(0, AnswerGrammar.Either.MOST_OPTIONS)
                .mapToObj(i -> "option " + "x".repeat(i) + i)
                .toList();
        CompiledGrammar grammar = new GrammarCompiler(tokenizer)
                .compile(AnswerGrammar.either(
                        texts.stream().map(AnswerGrammar::text).toArray(AnswerGrammar[]::new)));
        for (String text : texts) {
            TokenConstraint answer = grammar.start();
            for (int id : tokenizer.encodeContinuation(text)) {
                answer.advance(id);
            }
            answer.advance(tokenizer.eos());
            assertThat(answer.isComplete()).as(text).isTrue();
        }
    }

    @Test
    void holdsALargeSet() {
        List<String> texts =
                IntStream.range(0, 10_000).mapToObj(i -> "number " + i).toList();
        CompiledGrammar grammar = new GrammarCompiler(tokenizer).compile(AnswerGrammar.oneOf(texts));

        for (int[] answer : answers(grammar)) {
            assertThat(texts).contains(tokenizer.decode(answer, true).strip());
        }
    }

    private List<int[]> answers(CompiledGrammar grammar) {
        SplittableRandom random = new SplittableRandom(21);
        List<int[]> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(answer(grammar.start(), random));
        }
        return answers;
    }

    private int[] answer(TokenConstraint constraint, SplittableRandom random) {
        int[] ids = new int[BUDGET];
        int count = 0;
        float[] scores = new float[tokenizer.vocabularySize()];
        while (!constraint.isComplete()) {
            int[] next = constraint.forced(BUDGET - count);
            if (next.length == 0) {
                HostileScores.RANDOM.fill(scores, new float[scores.length], random);
                constraint.mask(scores, BUDGET - count);
                next = new int[] {best(scores)};
            }
            for (int id : next) {
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
