package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.BlockPool;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.grammar.GrammarCompiler;
import io.sextant.core.internal.prompt.ContextFit;
import io.sextant.core.internal.prompt.FittedPrompt;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.sequence.AnswerSearch;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a model goes on after what fails in it, and where it does not, that shows. */
class SchedulerRunnerTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    private final BrokenModel model = new BrokenModel();
    private LlamaTokenizer tokenizer;
    private PrefixCache cache;
    private Scheduler scheduler;

    @BeforeEach
    void open() {
        tokenizer = SmallTokenizers.open(directory);
        cache = new PrefixCache(new BlockPool(200, 4));
        scheduler = new Scheduler(model, cache, tokenizer, new WaitingLine(10), 0, 8, Runnable::run, Clock.systemUTC());
    }

    @Test
    void answersThoughStepsCannotBeMadeFaster() throws Exception {
        model.ofMakingFaster = new OutOfMemoryError("told to");
        try (SchedulerRunner runner = new SchedulerRunner(scheduler)) {
            assertThat(model.triedToBeFaster.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();

            assertThat(answer(runner).tokens()).isNotEmpty();
            assertThat(runner.isRunning()).isTrue();
        }
    }

    @Test
    void answersAfterAStepWhoseRequestsCouldNotBeGivenUp() throws Exception {
        model.ofNextStep = new Unspeakable();
        try (SchedulerRunner runner = new SchedulerRunner(scheduler)) {
            assertThat(answer(runner).tokens()).isNotEmpty();
            assertThat(answer(runner).tokens()).isNotEmpty();
            assertThat(runner.isRunning()).isTrue();
        }
    }

    @Test
    void refusesEveryRequestAndShowsItOnceItsThreadHasEnded() throws Exception {
        model.ofNextStep = new IOException("which nothing declares");
        try (SchedulerRunner runner = new SchedulerRunner(scheduler)) {
            assertThat(runner.isRunning()).isTrue();
            assertThatThrownBy(() -> answer(runner))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ResourceExhaustedException.class);
            assertThat(runner.isRunning()).isFalse();
            assertThatThrownBy(() -> answer(runner)).hasCauseInstanceOf(ResourceExhaustedException.class);
        }
    }

    @Test
    void runsNoMoreOnceItIsClosed() {
        SchedulerRunner runner = new SchedulerRunner(scheduler);
        runner.close();

        assertThat(runner.isRunning()).isFalse();
    }

    private GenerationResult answer(SchedulerRunner runner) throws Exception {
        CompletableFuture<GenerationResult> answer = new CompletableFuture<>();
        GenerationRequest request = new GenerationRequest(
                List.of(),
                List.of(Turn.open(List.of(PromptSegment.userText("?")))),
                GenerationSettings.DEFAULT.withMaxNewTokens(3));
        ContextFit fit = new ContextFit(new PromptEncoder(tokenizer), 5, 400);
        FittedPrompt prompt = fit.fit(request.turns(), 0, request.settings().conversationForm(), 3);
        List<PromptPiece> pieces = PromptPiece.cut(prompt.prompt(), List.of(), 5);
        scheduler.submit(new Submission(
                request,
                prompt,
                pieces,
                List.of(),
                new GrammarCompiler(tokenizer).compile(request.grammar()),
                Admission.price(cache, pieces, prompt.positions(), AnswerSearch.width(request.settings())),
                answer));
        runner.wake();
        return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @SuppressWarnings("unchecked") // the compiler is told that it is none that must be declared
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    /** What fails once more where it is to be told of, in a message or in the log. */
    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw this;
        }
    }

    /** Writes always the same, and fails when it is told to. */
    private final class BrokenModel implements ModelSteps {
        final CountDownLatch triedToBeFaster = new CountDownLatch(1);
        volatile @Nullable Throwable ofMakingFaster;
        volatile @Nullable Throwable ofNextStep;

        @Override
        public boolean makeFaster() {
            Throwable failure = ofMakingFaster;
            ofMakingFaster = null;
            triedToBeFaster.countDown();
            fail(failure);
            return false;
        }

        @Override
        public List<float @Nullable []> compute(List<ModelWork> work) {
            Throwable failure = ofNextStep;
            ofNextStep = null;
            fail(failure);
            return work.stream()
                    .<float @Nullable []>map(each -> {
                        float[] logits = new float[tokenizer.vocabularySize()];
                        logits[5] = 1;
                        return logits;
                    })
                    .toList();
        }

        private void fail(@Nullable Throwable failure) {
            if (failure != null) {
                sneak(failure);
            }
        }

        @Override
        public boolean isEncoded(ImageKey image) {
            return true;
        }

        @Override
        public void encode(ResizedImage image) {}

        @Override
        public void copy(List<BlockCopy> copies) {}

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public int mostPositions() {
            return 512;
        }

        @Override
        public void close() {}
    }
}
