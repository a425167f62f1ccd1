package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.TextListener;
import io.sextant.core.Timings;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.grammar.GrammarCompiler;
import io.sextant.core.internal.grammar.MaskedProbabilities;
import io.sextant.core.internal.prompt.ContextFit;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.sequence.Generation;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown on its way, whoever waits for an answer is told something. */
class AnswerDeliveryTest {
    private static final TextListener NOBODY = piece -> {};

    @TempDir
    private Path directory;

    private final CompletableFuture<GenerationResult> answer = new CompletableFuture<>();
    private LlamaTokenizer tokenizer;

    @BeforeEach
    void open() {
        tokenizer = SmallTokenizers.open(directory);
    }

    static Stream<Throwable> anything() {
        return Stream.of(
                new IllegalStateException("told to"),
                new NoClassDefFoundError("told to"),
                new IOException("which no listener may throw, but some languages let it"));
    }

    @ParameterizedTest
    @MethodSource("anything")
    void bringsAnAnswerWhoseListenerFails(Throwable failure) {
        AnswerDelivery delivery = delivery(piece -> sneak(failure), Runnable::run);

        delivery.progress(ids());
        delivery.complete(generation(List.of()), Timings.NONE);

        assertThat(answer)
                .isCompletedWithValueMatching(result -> result.tokens().size() == ids().length);
    }

    @Test
    void bringsAnAnswerOfWhichAPartCouldNotBeWrittenOut() {
        AnswerDelivery delivery = delivery(NOBODY, Runnable::run);

        delivery.progress(new int[] {-1});
        delivery.complete(generation(List.of()), Timings.NONE);

        assertThat(answer)
                .isCompletedWithValueMatching(result -> result.tokens().size() == ids().length);
    }

    @Test
    void tellsThatThereIsNoAnswerThoughAPartCouldNotBeWrittenOut() {
        AnswerDelivery delivery = delivery(NOBODY, Runnable::run);
        ModelDefectException failure = new ModelDefectException("The model's step failed", null);

        delivery.progress(new int[] {-1});
        delivery.fail(failure);

        assertThat(failure()).isSameAs(failure);
    }

    @Test
    void failsWhereAnAnswerCannotBeWrittenOut() {
        delivery(NOBODY, Runnable::run)
                .complete(generation(new Throwing(new NoClassDefFoundError("told to"))), Timings.NONE);

        assertThat(failure())
                .isInstanceOf(ModelDefectException.class)
                .hasMessageContaining("could not be written out")
                .hasMessageContaining("told to");
    }

    @Test
    void asksToComeAgainWhereThereIsNoMemoryToWriteAnAnswerOut() {
        delivery(NOBODY, Runnable::run)
                .complete(generation(new Throwing(new OutOfMemoryError("told to"))), Timings.NONE);

        assertThat(failure()).isInstanceOf(ResourceExhaustedException.class).hasMessageContaining("-Xmx");
    }

    @ParameterizedTest
    @MethodSource("anything")
    void failsWhereNoThreadCanBeHad(Throwable failure) {
        Executor refusing = task -> sneak(failure);

        AnswerDelivery delivery = delivery(NOBODY, refusing);
        delivery.progress(ids());
        delivery.complete(generation(List.of()), Timings.NONE);

        assertThat(failure()).isInstanceOf(ModelDefectException.class).hasCause(failure);
    }

    @Test
    void tellsWhyThereIsNoAnswerWhereNoThreadCanBeHad() {
        ModelDefectException failure = new ModelDefectException("The model's step failed", null);

        delivery(NOBODY, task -> {
                    throw new RejectedExecutionException("told to");
                })
                .fail(failure);

        assertThat(failure()).isSameAs(failure);
    }

    private AnswerDelivery delivery(TextListener listener, Executor executor) {
        GenerationRequest request = new GenerationRequest(
                        List.of(),
                        List.of(Turn.open(List.of(PromptSegment.userText("?")))),
                        GenerationSettings.DEFAULT.withConstrained(true))
                .toBuilder()
                        .grammar(AnswerGrammar.oneOf(List.of("a", "b")))
                        .listener(listener)
                        .build();
        ContextFit fit = new ContextFit(new PromptEncoder(tokenizer), 5, 400);
        return new AnswerDelivery(
                new Submission(
                        request,
                        fit.fit(request.turns(), 0, request.settings().conversationForm(), 8),
                        List.of(),
                        List.of(),
                        new GrammarCompiler(tokenizer).compile(request.grammar()),
                        1,
                        answer),
                tokenizer,
                executor);
    }

    private int[] ids() {
        return tokenizer.encode("a b");
    }

    private Generation generation(List<MaskedProbabilities> left) {
        double[] probabilities = new double[ids().length];
        Arrays.fill(probabilities, 1);
        return new Generation(ids(), probabilities, left, FinishReason.LENGTH, 0);
    }

    private Throwable failure() {
        assertThat(answer).isCompletedExceptionally();
        return answer.handle((result, failure) -> failure).join();
    }

    @SuppressWarnings("unchecked") // the compiler is told that it is none that must be declared
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** What cannot even be asked how long it is. */
    private static final class Throwing extends AbstractList<MaskedProbabilities> {
        private final Error failure;

        Throwing(Error failure) {
            this.failure = failure;
        }

        @Override
        public MaskedProbabilities get(int index) {
            throw failure;
        }

        @Override
        public int size() {
            throw failure;
        }
    }
}
