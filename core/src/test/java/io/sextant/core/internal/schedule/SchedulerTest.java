package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelStatistics;
import io.sextant.core.Share;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.image.RgbImage;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scheduler, stepped by hand, on a model of arithmetic: a token follows from the positions before it. */
class SchedulerTest {
    private static final int VISUAL_TOKENS = 5;
    private static final int CONTEXT = 400;

    @TempDir
    private Path directory;

    private LlamaTokenizer tokenizer;
    private ArithmeticModel model;
    private PrefixCache cache;
    private Scheduler scheduler;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void open() {
        tokenizer = SmallTokenizers.open(directory);
        start(200, 10, 8, Runnable::run);
    }

    private void start(int blocks, int queue, int running) {
        start(blocks, queue, running, Runnable::run);
    }

    private void start(int blocks, int queue, int running, Executor completion) {
        model = new ArithmeticModel();
        cache = new PrefixCache(new BlockPool(blocks, 4));
        scheduler = new Scheduler(model, cache, tokenizer, new WaitingLine(queue), 0, running, completion, clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    @Test
    void answersSideBySideWhatItAnswersAlone() {
        List<CompletableFuture<GenerationResult>> together = new ArrayList<>();
        for (int kind = 0; kind < 8; kind++) {
            together.add(submit(request(kind)));
        }
        runAll();
        assertThat(scheduler.statistics().steps()).isLessThan(40);
        for (int kind = 0; kind < 8; kind++) {
            start(200, 10, 8);
            CompletableFuture<GenerationResult> alone = submit(request(kind));
            runAll();
            assertThat(together.get(kind).join().tokens())
                    .isEqualTo(alone.join().tokens());
        }
    }

    @Test
    void computesAnImageAndWhatComesBeforeItOnceForAllWhoAsk() {
        for (int i = 0; i < 4; i++) {
            submit(request("question " + i, 3, image(1)));
        }
        runAll();
        assertThat(model.encoded).containsExactly("1");
        assertThat(scheduler.statistics().beginningMisses()).isEqualTo(1);
        assertThat(scheduler.statistics().beginningHits()).isEqualTo(3);
        assertThat(scheduler.statistics().completed()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void keepsTheImagesThatAStepNeeds(int kept) {
        model.mostKnown = kept;
        for (int i = 1; i <= kept; i++) {
            submit(request("what is it?", 2, image(i)));
            runAll();
        }
        cache.clear();
        List<CompletableFuture<GenerationResult>> together = new ArrayList<>();
        for (int i = 1; i <= kept + 1; i++) {
            together.add(submit(request("and now?", 3, image(i))));
        }
        runAll();

        for (int i = 1; i <= kept + 1; i++) {
            start(200, 10, 8);
            CompletableFuture<GenerationResult> alone = submit(request("and now?", 3, image(i)));
            runAll();
            assertThat(together.get(i - 1).join().tokens())
                    .isEqualTo(alone.join().tokens());
        }
    }

    @Test
    void findsTheEarlierTurnsOfAConversation() {
        Turn open = Turn.open(List.of(PromptSegment.userText("what is it?")));
        submit(new GenerationRequest(List.of(image(1)), List.of(open), settings(3)));
        runAll();
        long positions = scheduler.statistics().promptPositions();

        Turn answered = Turn.answered(open.question(), "a dog");
        Turn next = Turn.open(List.of(PromptSegment.userText("and where?")));
        GenerationRequest request = new GenerationRequest(List.of(image(1)), List.of(answered, next), settings(3));
        CompletableFuture<GenerationResult> second = submit(request);
        runAll();

        int prompt = second.join().promptTokens();
        assertThat(scheduler.statistics().promptPositions() - positions).isLessThan(prompt - 20L);
        assertThat(model.encoded).containsExactly("1");
        start(200, 10, 8);
        CompletableFuture<GenerationResult> fresh = submit(request);
        runAll();
        assertThat(second.join().tokens()).isEqualTo(fresh.join().tokens());
    }

    @Test
    void letsSequencesJoinWhileOthersRun() {
        CompletableFuture<GenerationResult> first = submit(request("one", 12));
        scheduler.runOnce();
        scheduler.runOnce();
        CompletableFuture<GenerationResult> second = submit(request("two", 2));
        while (!second.isDone()) {
            scheduler.runOnce();
        }
        assertThat(first).isNotDone();
        runAll();
        assertThat(first.join().tokens()).hasSizeBetween(1, 12);
    }

    @Test
    void doesNotHoldUpRunningAnswersForALongPrompt() {
        submit(request("short", 12));
        scheduler.runOnce();
        submit(request("word ".repeat(90), 2));
        scheduler.runOnce();
        assertThat(model.largestCall).isLessThanOrEqualTo(PromptPiece.LONGEST + 1);
        runAll();
        assertThat(scheduler.statistics().completed()).isEqualTo(2);
    }

    /** With requests it never comes to rest, and nobody waits for more than one weight before each piece of a prompt. */
    @Test
    void makesOneWeightFasterAfterEachStepWithAPrompt() {
        model.slowerWeights = 5;
        submit(request("short", 12));
        scheduler.runOnce();
        assertThat(scheduler.statistics().pendingBytes()).isEqualTo(4);
        scheduler.runOnce();
        scheduler.runOnce();
        assertThat(scheduler.statistics().pendingBytes()).isEqualTo(4);
        submit(request("two", 2));
        scheduler.runOnce();
        assertThat(scheduler.statistics().pendingBytes()).isEqualTo(3);
    }

    @Test
    void makesTheOthersFasterWhereThereIsNoStepToDo() {
        model.slowerWeights = 2;
        assertThat(scheduler.runOnce()).isZero();
        assertThat(scheduler.statistics().pendingBytes()).isEqualTo(2);
        assertThat(scheduler.makeFaster()).isTrue();
        assertThat(scheduler.makeFaster()).isTrue();
        assertThat(scheduler.makeFaster()).isFalse();
        assertThat(scheduler.statistics().pendingBytes()).isZero();
    }

    @Test
    void servesSharesInTurnHoweverManyOneOfThemSends() {
        start(200, 100, 1);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            track(order, "many", submit(of(request("a" + i, 2), Share.of("many"), 0)));
        }
        track(order, "few", submit(of(request("b", 2), Share.of("few"), 0)));
        track(order, "urgent", submit(of(request("c", 2), Share.of("many"), 5)));
        runAll();
        assertThat(order.subList(0, 1)).containsExactly("urgent");
        assertThat(order.indexOf("few")).isLessThanOrEqualTo(2);
    }

    @Test
    void aShareThatComesLateClaimsNothingForTheTimeBefore() {
        start(200, 100, 1);
        for (int i = 0; i < 10; i++) {
            submit(of(request("alone " + i, 2), Share.of("early"), 0));
            runAll();
        }
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            track(order, "late", submit(of(request("late " + i, 2), Share.of("late"), 0)));
        }
        for (int i = 0; i < 3; i++) {
            track(order, "early", submit(of(request("more " + i, 2), Share.of("early"), 0)));
        }
        runAll();
        assertThat(order.indexOf("early")).isLessThanOrEqualTo(2);
        assertThat(order.lastIndexOf("late")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void refusesAtOnceWhenTooManyWait() {
        start(200, 2, 1);
        submit(request("one", 2));
        submit(request("two", 2));
        assertThat(failure(submit(request("three", 2))))
                .isInstanceOf(ModelBusyException.class)
                .hasMessageContaining("2 requests waiting")
                .hasMessageContaining("sextant.model.queue-capacity");
        runAll();
        assertThat(scheduler.statistics().completed()).isEqualTo(2);
        assertThat(scheduler.statistics().refused()).isEqualTo(1);
    }

    @Test
    void refusesAtOnceWhatTheCacheCanNeverHold() {
        start(5, 10, 8);
        assertThat(failure(submit(request("what is it?", 3, image(1)))))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("sextant.model.cache-size");
    }

    @Test
    void refusesAtOnceWhatIsLateAlready() {
        GenerationRequest late = request("late", 2).toBuilder().deadline(now).build();
        assertThat(failure(submit(late)))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("before it was begun");
    }

    @Test
    void endsAnAnswerAtItsDeadlineAndGoesOnWithTheOthers() {
        CompletableFuture<GenerationResult> late = submit(
                request("late", 30).toBuilder().deadline(now.plusSeconds(5)).build());
        CompletableFuture<GenerationResult> other = submit(request("other", 30));
        scheduler.runOnce();
        scheduler.runOnce();
        now = now.plusSeconds(6);
        scheduler.runOnce();
        assertThat(failure(late))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("tokens of its answer");
        runAll();
        assertThat(other.join().tokens()).isNotEmpty();
        assertThat(scheduler.statistics().late()).isEqualTo(1);
        assertThatNothingIsHeld();
    }

    @Test
    void tellsAllWhoWaitedTooLongThoughNoThreadCanBeHad() {
        start(200, 10, 1, task -> {
            throw new RejectedExecutionException("no thread can be had");
        });
        submit(request("running", 30));
        List<CompletableFuture<GenerationResult>> late = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            late.add(submit(request("late " + i, 2).toBuilder()
                    .deadline(now.plusSeconds(5))
                    .build()));
        }
        scheduler.runOnce();
        now = now.plusSeconds(6);
        scheduler.runOnce();
        for (CompletableFuture<GenerationResult> answer : late) {
            assertThat(failure(answer))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("before it was begun");
        }
    }

    @Test
    void whoIsToldOfAnEndIsNotCountedAsRunningAnyMore() {
        List<Integer> counted = new ArrayList<>();
        counting(submit(request("answered", 3)), counted);
        runAll();
        counting(
                submit(request("late", 30).toBuilder()
                        .deadline(now.plusSeconds(5))
                        .build()),
                counted);
        scheduler.runOnce();
        now = now.plusSeconds(6);
        runAll();
        model.failsAt = work -> true;
        counting(submit(request("failed", 30)), counted);
        runAll();
        model.failsAt = work -> false;
        counting(submit(request("closed", 30)), counted);
        scheduler.runOnce();
        scheduler.close();
        assertThat(counted).containsExactly(0, 0, 0, 0);
    }

    private void counting(CompletableFuture<GenerationResult> answer, List<Integer> counted) {
        answer.whenComplete(
                (result, failure) -> counted.add(scheduler.statistics().running()));
    }

    @Test
    void dropsWhatIsCancelledWhileItWaitsAndWhileItRuns() {
        start(200, 10, 1);
        CompletableFuture<GenerationResult> running = submit(request("running", 30, image(1)));
        CompletableFuture<GenerationResult> waiting = submit(request("waiting", 30));
        CompletableFuture<GenerationResult> last = submit(request("last", 3));
        scheduler.runOnce();
        running.cancel(false);
        waiting.cancel(false);
        runAll();
        assertThat(last.join().tokens()).isNotEmpty();
        assertThat(scheduler.statistics().cancelled()).isEqualTo(2);
        assertThatNothingIsHeld();
    }

    @Test
    void waitsForRoomAndLetsKeptBeginningsGoForIt() {
        start(40, 50, 8);
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(submit(request("question " + i, 6, image(i))));
        }
        runAll();
        answers.forEach(answer -> assertThat(answer.join().tokens()).isNotEmpty());
        assertThat(scheduler.statistics().evictions()).isPositive();
        assertThatNothingIsHeld();
    }

    @Test
    void failsOnlyWhatFailsByItself() {
        CompletableFuture<GenerationResult> good = submit(request("good", 6));
        CompletableFuture<GenerationResult> bad = submit(request("bad", 6, image(7)));
        CompletableFuture<GenerationResult> alsoGood = submit(request("also good", 6, image(2)));
        model.failsAt = work -> work.stream()
                .anyMatch(each -> each.resized().stream()
                        .anyMatch(image -> image.key().digest().equals("7")));
        runAll();
        assertThat(failure(bad)).isInstanceOf(ModelDefectException.class);
        assertThat(good.join().tokens()).isNotEmpty();
        assertThat(alsoGood.join().tokens()).isNotEmpty();
        assertThat(scheduler.statistics().failed()).isEqualTo(1);
        assertThatNothingIsHeld();
    }

    /** As a graphics processor does it: what runs out of memory together is computed alone, and what does so alone fails typed. */
    @Test
    void livesOnWhenADeviceRunsOutOfMemory() {
        model.failure = new ResourceExhaustedException("Not enough memory on cuda:0 for \"forward_sequences\"", null);
        model.failsAt = work -> work.size() > 1;
        List<CompletableFuture<GenerationResult>> together = List.of(submit(request(1)), submit(request(2)));
        runAll();
        together.forEach(answer -> assertThat(answer.join().tokens()).isNotEmpty());

        model.failsAt = work -> true;
        CompletableFuture<GenerationResult> large = submit(request(5));
        runAll();
        assertThat(failure(large)).isSameAs(model.failure);
        assertThatNothingIsHeld();

        model.failsAt = work -> false;
        CompletableFuture<GenerationResult> after = submit(request(3));
        runAll();
        assertThat(after.join().tokens()).isNotEmpty();
    }

    @Test
    void livesOnWhenEveryStepFails() {
        model.failsAt = work -> true;
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        for (int kind = 0; kind < 8; kind++) {
            answers.add(submit(request(kind)));
        }
        runAll();
        answers.forEach(answer -> assertThat(failure(answer)).isInstanceOf(ModelDefectException.class));
        assertThatNothingIsHeld();
        model.failsAt = work -> false;
        CompletableFuture<GenerationResult> after = submit(request(3));
        runAll();
        assertThat(after.join().tokens()).isNotEmpty();
    }

    @Test
    void tellsTheAnswerWhileItIsWritten() {
        List<String> pieces = new ArrayList<>();
        CompletableFuture<GenerationResult> answer =
                submit(request("tell me", 12).toBuilder().listener(pieces::add).build());
        runAll();
        assertThat(String.join("", pieces).strip()).isEqualTo(answer.join().text());
        assertThat(pieces.size()).isGreaterThan(1);
    }

    @Test
    void refusesThoseWhoWaitWhenItIsClosed() {
        start(200, 10, 1);
        CompletableFuture<GenerationResult> running = submit(request("running", 3));
        scheduler.runOnce();
        CompletableFuture<GenerationResult> waiting = submit(request("waiting", 3));
        scheduler.refuseMore();
        assertThat(failure(waiting))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("closed");
        assertThat(failure(submit(request("more", 3)))).hasMessageContaining("closed");
        runAll();
        assertThat(running.join().tokens()).isNotEmpty();
    }

    @Test
    void replicasShareTheLineAndAnImageStaysWithOne() {
        WaitingLine line = new WaitingLine(100, 2);
        ArithmeticModel other = new ArithmeticModel();
        scheduler = new Scheduler(model, cache, tokenizer, line, 0, 8, Runnable::run, clock());
        Scheduler second = new Scheduler(
                other, new PrefixCache(new BlockPool(200, 4)), tokenizer, line, 1, 8, Runnable::run, clock());
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int number = 1; number <= 4; number++) {
                answers.add(submit(request("what is it?", 3, image(number))));
                answers.add(submit(request("and where?", 3, image(number))));
            }
            while (scheduler.hasWork() || second.hasWork()) {
                scheduler.runOnce();
                second.runOnce();
            }
        }
        answers.forEach(answer -> assertThat(answer.join().tokens()).isNotEmpty());
        assertThat(model.encoded).hasSize(2);
        assertThat(other.encoded).hasSize(2).doesNotContainAnyElementsOf(model.encoded);
        ModelStatistics both = scheduler.statistics().plus(second.statistics());
        assertThat(both.completed()).isEqualTo(answers.size());
        assertThat(both.running()).isZero();
    }

    private void assertThatNothingIsHeld() {
        cache.clear();
        assertThat(cache.size()).isZero();
        assertThat(cache.pool().free()).isEqualTo(cache.pool().capacity());
        assertThat(cache.room()).isEqualTo(cache.pool().capacity());
    }

    private void runAll() {
        int steps = 0;
        while (scheduler.hasWork()) {
            scheduler.runOnce();
            assertThat(++steps).as("steps").isLessThan(2000);
        }
        scheduler.runOnce();
    }

    private CompletableFuture<GenerationResult> submit(GenerationRequest request) {
        ContextFit fit = new ContextFit(new PromptEncoder(tokenizer), VISUAL_TOKENS, CONTEXT);
        FittedPrompt prompt = fit.fit(
                request.turns(),
                request.images().size(),
                request.settings().conversationForm(),
                request.settings().maxNewTokens());
        List<ImageKey> keys = request.images().stream().map(ImageKey::of).toList();
        List<PromptPiece> pieces = PromptPiece.cut(prompt.prompt(), keys, VISUAL_TOKENS);
        List<ResizedImage> resized =
                keys.stream().map(key -> new ResizedImage(key, new byte[3])).toList();
        int price = Admission.price(cache, pieces, prompt.positions(), AnswerSearch.width(request.settings()));
        CompletableFuture<GenerationResult> answer = new CompletableFuture<>();
        scheduler.submit(new Submission(
                request,
                prompt,
                pieces,
                resized,
                new GrammarCompiler(tokenizer).compile(request.grammar()),
                price,
                answer));
        return answer;
    }

    private static void track(List<String> order, String name, CompletableFuture<GenerationResult> answer) {
        answer.thenRun(() -> order.add(name));
    }

    private static Throwable failure(CompletableFuture<GenerationResult> answer) {
        assertThat(answer).isCompletedExceptionally();
        Throwable[] failure = new Throwable[1];
        answer.whenComplete((result, thrown) -> failure[0] = thrown);
        return failure[0];
    }

    private static GenerationRequest of(GenerationRequest request, Share share, int priority) {
        return request.toBuilder().share(share).priority(priority).build();
    }

    private static GenerationRequest request(int kind) {
        GenerationSettings settings =
                settings(2 + kind).withDecoding(kind % 3 == 1 ? new Decoding.Beams(3, 1.0) : new Decoding.Greedy());
        return request("question " + kind, 2 + kind, kind % 2 == 0 ? new RgbImage[] {image(kind % 4)} : new RgbImage[0])
                .toBuilder()
                .settings(settings)
                .build();
    }

    private static GenerationRequest request(String text, int maxNewTokens, RgbImage... images) {
        return new GenerationRequest(
                List.of(images), List.of(Turn.open(List.of(PromptSegment.userText(text)))), settings(maxNewTokens));
    }

    private static GenerationSettings settings(int maxNewTokens) {
        return GenerationSettings.DEFAULT.withMaxNewTokens(maxNewTokens);
    }

    private static RgbImage image(int number) {
        return new RgbImage("image " + number, Integer.toString(number), 1, 1, 1, new byte[3]);
    }

    /**
     * Keeps a number for each position in each block; the logits follow from all numbers of a sequence. Reading what was never written, or
     * what belongs to another, changes the answer.
     */
    private final class ArithmeticModel implements ModelSteps {
        private final Map<Integer, long[]> blocks = new HashMap<>();
        private final List<String> encoded = new ArrayList<>();
        /** Those used longest ago first. */
        private final Set<ImageKey> known = new LinkedHashSet<>();

        private int mostKnown = Integer.MAX_VALUE;
        private Predicate<List<ModelWork>> failsAt = work -> false;
        private RuntimeException failure = new IllegalStateException("told to fail");
        private int largestCall;
        private int slowerWeights;

        @Override
        public boolean makeFaster() {
            return slowerWeights > 0 && slowerWeights-- > 0;
        }

        @Override
        public long pendingBytes() {
            return slowerWeights;
        }

        @Override
        public boolean isEncoded(ImageKey image) {
            boolean isKnown = known.remove(image);
            if (isKnown) {
                known.add(image);
            }
            return isKnown;
        }

        @Override
        public void encode(ResizedImage image) {
            encoded.add(image.key().digest());
            known.add(image.key());
            if (known.size() > mostKnown) {
                known.remove(known.iterator().next());
            }
        }

        @Override
        public void copy(List<BlockCopy> copies) {
            Map<Integer, long[]> read = new HashMap<>();
            copies.forEach(copy -> read.put(copy.target(), block(copy.source()).clone()));
            blocks.putAll(read);
        }

        @Override
        public List<float @Nullable []> compute(List<ModelWork> work) {
            largestCall = Math.max(
                    largestCall,
                    work.stream().mapToInt(each -> each.ids().length).sum());
            if (failsAt.test(work)) {
                throw failure;
            }
            List<float @Nullable []> logits = new ArrayList<>();
            for (ModelWork each : work) {
                logits.add(each.wantsLogits() ? computeOne(each) : computeNothing(each));
            }
            return logits;
        }

        private float @Nullable [] computeNothing(ModelWork work) {
            computeOne(work);
            return null;
        }

        private float[] computeOne(ModelWork work) {
            long state = 0;
            int end = work.start() + work.ids().length;
            for (int position = 0; position < end; position++) {
                long[] block = block(work.blocks()[position / 4]);
                if (position >= work.start()) {
                    block[position % 4] = 31 * state + work.ids()[position - work.start()] + 7;
                    for (ImageSpan span : work.images()) {
                        int offset = position - work.start() - span.offset();
                        if (offset >= 0 && offset < span.count()) {
                            ImageKey image = work.resized().get(span.image()).key();
                            assertThat(known).as("encoded images").contains(image);
                            String digest = image.digest();
                            block[position % 4] += 1000L * digest.hashCode() + span.first() + offset;
                        }
                    }
                }
                state = block[position % 4];
            }
            float[] logits = new float[tokenizer.vocabularySize()];
            Arrays.fill(logits, -5);
            for (int i = 0; i < 5; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                logits[3 + (int) Long.remainderUnsigned(state >>> 20, logits.length - 3L)] = 5 - i;
            }
            return logits;
        }

        private long[] block(int number) {
            return blocks.computeIfAbsent(number, key -> new long[4]);
        }

        @Override
        public int mostPositions() {
            return 512;
        }

        @Override
        public void close() {}
    }
}
