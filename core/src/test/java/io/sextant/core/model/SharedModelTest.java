package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.Decoding;
import io.sextant.core.FinishReason;
import io.sextant.core.GeneratedToken;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.RefinedBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedModelTest {
    private static final GenerationSettings SHORT = GenerationSettings.DEFAULT.withMaxNewTokens(12);

    /** Answers, of which nearly all go on until the context is full: the end is one piece of many. */
    private static final int ENDLESS_SEEDS = 4;

    private static final long WAIT_SECONDS = 60;

    /** Room for the largest of the requests and little else. */
    private static final long SMALL_CACHE = 120_000;

    @TempDir
    private static Path directory;

    private static Path folder;

    @BeforeAll
    static void writeModel() {
        folder = directory.resolve("tiny");
        RandomModel.write(folder, RandomModelSize.tiny(), 7);
    }

    @Test
    void answersInABatchAsItAnswersAlone() {
        List<GenerationRequest> requests = mixedRequests(SHORT);
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            List<List<Integer>> together = model.generateAll(requests).stream()
                    .map(SharedModelTest::ids)
                    .toList();
            List<List<Integer>> alone = requests.stream()
                    .map(request -> ids(model.generate(request)))
                    .toList();
            assertThat(together).isEqualTo(alone);
        }
    }

    static List<Decoding> decodings() {
        return List.of(new Decoding.Greedy(), new Decoding.Beams(3, 1.0));
    }

    @ParameterizedTest
    @MethodSource("decodings")
    void tellsHowProbableEachTextOfAClosedSetWas(Decoding decoding) {
        GenerationRequest request =
                request(List.of(image(4, 50, 50)), "is it there?", SHORT.withDecoding(decoding)).toBuilder()
                        .grammar(AnswerGrammar.oneOf(List.of("yes", "no", "perhaps")))
                        .build();
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            GenerationResult result = model.generate(request);
            double written = result.tokens().stream()
                    .mapToDouble(GeneratedToken::probability)
                    .reduce(1, (a, b) -> a * b);

            assertThat(result.choices().keySet()).containsExactly("yes", "no", "perhaps");
            assertThat(result.choices().values().stream().mapToDouble(p -> p).sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(result.choices().get(result.text())).isGreaterThanOrEqualTo(written - 1e-9);
            GenerationRequest free = request.toBuilder()
                    .settings(request.settings().withConstrained(false))
                    .build();
            assertThat(model.generate(free).choices()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("decodings")
    void refinesTheEdgesOfABoxWhereThatIsAskedFor(Decoding decoding) {
        GenerationSettings settings = GenerationSettings.DEFAULT
                .withDecoding(decoding)
                .withMaxNewTokens(60)
                .withRefinedBoxes(true);
        GenerationRequest request = request(List.of(image(4, 50, 50)), "where?", settings).toBuilder()
                .grammar(AnswerGrammar.box())
                .build();
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            GenerationResult result = model.generate(request);

            assertThat(result.refinedBoxes()).singleElement().satisfies(refined -> {
                BinBox written =
                        AnnotatedText.parse(result.text()).boxes().get(0).box();
                assertThat(refined.start()).isZero();
                assertThat(refined.end()).isEqualTo(result.text().length());
                assertThat(Math.abs(refined.box().xMin() - written.xMin())).isLessThanOrEqualTo(RefinedBox.WINDOW);
                assertThat(refined.box())
                        .isNotEqualTo(new RefinedBox(written.xMin(), written.yMin(), written.xMax(), written.yMax()));
            });
            GenerationRequest plain = request.toBuilder()
                    .settings(settings.withRefinedBoxes(false))
                    .build();
            assertThat(model.generate(plain).refinedBoxes()).isEmpty();
            assertThat(model.generate(plain).tokens()).isEqualTo(result.tokens());
        }
    }

    @Test
    void answersSeveralQuestionsAboutOneImageAsItAnswersEachAlone() {
        RgbImage image = image(4, 50, 50);
        List<GenerationRequest> requests = List.of(
                request(List.of(image), "a long question about everything in the picture", SHORT),
                request(List.of(image), "why?", SHORT),
                request(List.of(image), "where is the dog?", SHORT));
        try (VisionLanguageModel model = ModelLoader.load(settings());
                VisionLanguageModel other = ModelLoader.load(settings())) {
            List<GenerationResult> together = model.generateAll(requests);
            for (int i = 0; i < requests.size(); i++) {
                GenerationResult alone = other.generate(requests.get(i));
                assertThat(ids(together.get(i))).isEqualTo(ids(alone));
                assertThat(together.get(i).promptTokens()).isEqualTo(alone.promptTokens());
            }
        }
    }

    @ParameterizedTest(name = "cache of {0} bytes")
    @ValueSource(longs = {SMALL_CACHE, 64 << 20})
    void answersTheSameWhateverIsCached(long cacheBytes) {
        List<GenerationRequest> requests = new ArrayList<>(mixedRequests(SHORT));
        requests.addAll(mixedRequests(SHORT));
        ModelSettings settings = ModelSettings.builder(folder)
                .device("cpu")
                .precision(Precision.FLOAT32)
                .cacheBytes(cacheBytes)
                .build();
        try (VisionLanguageModel model = ModelLoader.load(settings);
                VisionLanguageModel fresh = ModelLoader.load(settings())) {
            for (GenerationRequest request : requests) {
                assertThat(ids(model.generate(request))).isEqualTo(ids(fresh.generate(request)));
            }
        }
    }

    @Test
    void encodesAImageOnceForSeveralQuestions() {
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            RgbImage image = image(1, 40, 30);
            assertThat(model.generate(request(List.of(image), "first", SHORT))
                            .timings()
                            .encode())
                    .isPositive();
            assertThat(model.generate(request(List.of(image), "second", SHORT))
                            .timings()
                            .encode())
                    .isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void answersManyThreadsAsItAnswersOne() throws Exception {
        List<GenerationRequest> requests = mixedRequests(SHORT);
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            List<List<Integer>> alone = requests.stream()
                    .map(request -> ids(model.generate(request)))
                    .toList();
            ExecutorService threads = Executors.newFixedThreadPool(requests.size());
            CyclicBarrier together = new CyclicBarrier(requests.size());
            try {
                List<Future<List<Integer>>> answers = new ArrayList<>();
                for (GenerationRequest request : requests) {
                    answers.add(threads.submit(() -> {
                        together.await(WAIT_SECONDS, TimeUnit.SECONDS);
                        return ids(model.generate(request));
                    }));
                }
                for (int i = 0; i < answers.size(); i++) {
                    assertThat(answers.get(i).get()).isEqualTo(alone.get(i));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void samplesTheSameAnswerForTheSameSeed() {
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            List<List<Integer>> answers = IntStream.of(1, 1, 2)
                    .mapToObj(seed -> SHORT.withDecoding(new Decoding.Sampling(1.5, 0, 1.0, seed)))
                    .map(sampling -> ids(model.generate(request(List.of(), "tell me", sampling))))
                    .toList();
            assertThat(answers.get(0)).isEqualTo(answers.get(1)).isNotEqualTo(answers.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
    void answersInEveryPrecision(Precision precision) {
        try (VisionLanguageModel model = ModelLoader.load(ModelSettings.builder(folder)
                .device("cpu")
                .precision(precision)
                .mergeLora(false)
                .cacheBytes(1 << 20)
                .build())) {
            GenerationResult result = model.generate(request(List.of(image(3, 20, 20)), "what is it?", SHORT));
            assertThat(result.tokens()).isNotEmpty();
            assertThat(result.tokens())
                    .allSatisfy(token -> assertThat(token.probability()).isBetween(0.0, 1.0));
            assertThat(model.info().precision()).startsWithIgnoringCase(precision.name());
        }
    }

    @Test
    void endsTheAnswerAtTheEndOfTheContext() {
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            int context = model.info().contextLength();
            List<GenerationResult> endless = IntStream.range(0, ENDLESS_SEEDS)
                    .mapToObj(seed -> GenerationSettings.DEFAULT
                            .withMaxNewTokens(100_000)
                            .withDecoding(new Decoding.Sampling(2.0, 0, 1.0, seed)))
                    .map(settings -> model.generate(request(List.of(), "go on", settings)))
                    .toList();
            assertThat(endless)
                    .filteredOn(result -> result.finishReason() == FinishReason.LENGTH)
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(length(result)).isEqualTo(context));
            assertThat(endless)
                    .filteredOn(result -> result.finishReason() != FinishReason.LENGTH)
                    .allSatisfy(result -> assertThat(length(result)).isLessThanOrEqualTo(context));
        }
    }

    @Test
    void leavesOutTheOldestTurnsOfALongConversation() {
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            List<Turn> turns = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                turns.add(Turn.answered(List.of(PromptSegment.userText("question " + i)), "answer " + i));
            }
            turns.add(Turn.open(List.of(PromptSegment.userText("and now?"))));
            GenerationResult result = model.generate(new GenerationRequest(List.of(image(1, 9, 9)), turns, SHORT));
            assertThat(result.droppedTurns()).isBetween(1, 59);
        }
    }

    @Test
    void refusesWhatDoesNotFitTheContext() {
        try (VisionLanguageModel model = ModelLoader.load(settings())) {
            GenerationRequest tooLong = request(List.of(), "word ".repeat(5000), SHORT);
            assertThatThrownBy(() -> model.generate(tooLong))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("context");
        }
    }

    @Test
    void refusesRequestsAfterItWasClosed() {
        VisionLanguageModel model = ModelLoader.load(settings());
        assertThat(model.isOpen()).isTrue();
        model.close();
        model.close();
        assertThat(model.isOpen()).isFalse();
        assertThatThrownBy(() -> model.generate(request(List.of(), "hello", SHORT)))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("closed");
    }

    private static ModelSettings settings() {
        return ModelSettings.builder(folder)
                .device("cpu")
                .precision(Precision.FLOAT32)
                .cacheBytes(64 << 20)
                .build();
    }

    /** Prompts of different length: with an image, with the same one again, with two, with none, with an earlier round. */
    private static List<GenerationRequest> mixedRequests(GenerationSettings settings) {
        RgbImage first = image(1, 64, 48);
        RgbImage second = image(2, 31, 77);
        return List.of(
                request(List.of(first), "what is in the picture?", settings),
                request(List.of(first), "where?", settings),
                request(List.of(first, second), "what differs between the two?", settings),
                request(List.of(), "hello", settings),
                new GenerationRequest(
                        List.of(second),
                        List.of(
                                Turn.answered(List.of(PromptSegment.userText("a dog?")), "no"),
                                Turn.open(List.of(PromptSegment.userText("a cat?")))),
                        settings));
    }

    private static GenerationRequest request(List<RgbImage> images, String text, GenerationSettings settings) {
        return new GenerationRequest(images, List.of(Turn.open(List.of(PromptSegment.userText(text)))), settings);
    }

    private static RgbImage image(long seed, int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(seed).nextBytes(rgb);
        return new RgbImage("seed " + seed, String.format("%064d", seed), width, height, 1, rgb);
    }

    private static int length(GenerationResult result) {
        return result.promptTokens() + result.tokens().size();
    }

    private static List<Integer> ids(GenerationResult result) {
        return result.tokens().stream().map(GeneratedToken::id).toList();
    }
}
