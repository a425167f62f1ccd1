package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.Decoding;
import io.sextant.core.GeneratedToken;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelStatistics;
import io.sextant.core.Share;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same answer, alone or in company: requests of all kinds arrive at random, some are given up, the cache is too small for all, and
 * each answer is compared with the one the request gets on a model of its own.
 *
 * <p>{@code -Dsextant.test.requests=20000} makes it long; without it, it is short.
 */
class CompanyTest {
    private static final int REQUESTS = Integer.getInteger("sextant.test.requests", 300);
    private static final int KINDS = 40;

    @TempDir
    private static Path directory;

    @ParameterizedTest(name = "random weights, {0}, adapter merged {1}, cache of {2} bytes")
    @CsvSource({
        "FLOAT32, true, 400000",
        "FLOAT32, false, 4000000",
        "BFLOAT16, true, 200000",
        "FLOAT16, true, 200000",
        "INT8, true, 400000",
        "INT4, false, 400000",
    })
    void answersEveryRequestAsItAnswersItAlone(Precision precision, boolean mergeLora, long cacheBytes) {
        Path folder = directory.resolve(precision + "-" + mergeLora);
        RandomModel.write(folder, RandomModelSize.tiny(), 11);
        compare(
                ModelSettings.builder(folder)
                        .device("cpu")
                        .precision(precision)
                        .mergeLora(mergeLora)
                        .cacheBytes(cacheBytes)
                        .maxSequences(24),
                REQUESTS);
    }

    @Test
    void answersEveryRequestOfTheEmbeddedModelAsItAnswersItAlone() {
        compare(
                ModelSettings.builder(EmbeddedModel.unpack(directory)).cacheBytes(16 << 20),
                Math.max(40, REQUESTS / 10));
    }

    @Test
    void answersEveryRequestOfReplicasAsOneModelAnswersItAlone() {
        compare(
                ModelSettings.builder(EmbeddedModel.unpack(directory))
                        .device("cpu,cpu")
                        .cacheBytes(16 << 20),
                40);
    }

    private static void compare(ModelSettings.Builder settings, int count) {
        Random random = new Random(count);
        Map<Integer, GenerationResult> alone = new HashMap<>();
        List<Integer> kinds = new ArrayList<>();
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        ModelStatistics statistics;
        try (VisionLanguageModel model = ModelLoader.load(settings.build())) {
            for (int i = 0; i < count; i++) {
                int kind = random.nextInt(KINDS);
                kinds.add(kind);
                answers.add(model.submit(request(kind)).toCompletableFuture());
                if (random.nextInt(10) == 0) {
                    answers.get(random.nextInt(answers.size())).cancel(false);
                }
                if (random.nextInt(8) == 0) {
                    waitFor(answers.get(random.nextInt(answers.size())));
                }
            }
            answers.forEach(CompanyTest::waitFor);
            statistics = model.statistics();
        }
        try (VisionLanguageModel model =
                ModelLoader.load(settings.device("cpu").maxSequences(4).build())) {
            for (int kind : kinds) {
                alone.computeIfAbsent(kind, key -> model.generate(request(key)));
            }
        }
        int compared = 0;
        for (int i = 0; i < count; i++) {
            if (!answers.get(i).isCancelled()) {
                GenerationResult expected = Objects.requireNonNull(alone.get(kinds.get(i)));
                assertThat(ids(answers.get(i).join()))
                        .as("request %s of kind %s", i, kinds.get(i))
                        .isEqualTo(ids(expected));
                assertThat(answers.get(i).join().tokens()).isEqualTo(expected.tokens());
                assertThat(answers.get(i).join().text()).isEqualTo(expected.text());
                assertThat(answers.get(i).join().refinedBoxes()).isEqualTo(expected.refinedBoxes());
                assertThat(answers.get(i).join().choices()).isEqualTo(expected.choices());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(count / 2);
        assertThat(statistics.failed()).isZero();
        assertThat(statistics.beginningHits()).isPositive();
    }

    private static void waitFor(CompletableFuture<GenerationResult> answer) {
        if (!answer.isCancelled()) {
            answer.handle((result, failure) -> true).join();
        }
    }

    /** One of a fixed number of requests: images, conversations, lengths, grammars, decodings, shares and priorities of all kinds. */
    private static GenerationRequest request(int kind) {
        Random random = new Random(kind);
        List<RgbImage> images = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            images.add(image(random.nextInt(4)));
        }
        List<Turn> turns = new ArrayList<>();
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            turns.add(Turn.answered(List.of(PromptSegment.userText("question " + i)), "answer " + i));
        }
        turns.add(Turn.open(List.of(
                PromptSegment.taskIdentifier("vqa"),
                PromptSegment.userText("word ".repeat(random.nextInt(60)) + "?"))));
        GenerationSettings settings = GenerationSettings.DEFAULT
                .withMaxNewTokens((kind % 5 == 0 ? 40 : 1) + random.nextInt(20))
                .withRefinedBoxes(kind % 2 == 0)
                .withRepetitionPenalty(random.nextInt(3) == 0 ? 1.2 : 1)
                .withDecoding(
                        switch (kind % 4) {
                            case 0 -> new Decoding.Sampling(1.2, 20, 0.95, kind);
                            case 1 -> new Decoding.Beams(2 + kind % 3, 1.0);
                            default -> new Decoding.Greedy();
                        });
        return GenerationRequest.builder(images, turns)
                .settings(settings)
                .grammar(
                        switch (kind % 10) {
                            case 0 -> AnswerGrammar.box();
                            case 5 -> AnswerGrammar.oneOf(List.of("yes", "no", "a ball", "a bell"));
                            default -> AnswerGrammar.free();
                        })
                .share(Share.of("share " + kind % 3))
                .priority(kind % 2)
                .build();
    }

    private static RgbImage image(long seed) {
        byte[] rgb = new byte[3 * 40 * 30];
        new Random(seed).nextBytes(rgb);
        return new RgbImage("seed " + seed, String.format("%064d", seed), 40, 30, 1, rgb);
    }

    private static List<Integer> ids(GenerationResult result) {
        return result.tokens().stream().map(GeneratedToken::id).toList();
    }
}
