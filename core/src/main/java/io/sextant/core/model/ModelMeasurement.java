package io.sextant.core.model;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What a model takes on this machine in one precision, measured with one request at a time. Other processes make it slower.
 *
 * @param precision as it was loaded, for instance {@code int8+bfloat16}
 * @param device it was loaded on
 * @param load from the files, or the weight cache, to the model that answers; what the operating system had read before counts as read
 * @param image one pass of the image encoder
 * @param promptPositions positions of the prompt that was measured
 * @param prompt the time it took
 * @param token one token of an answer after that prompt
 */
public record ModelMeasurement(
        String precision,
        String device,
        Duration load,
        Duration image,
        int promptPositions,
        Duration prompt,
        Duration token) {
    private static final int TOKENS = 24;
    private static final int SIDE = 64;
    private static final long PAUSE_NANOS = 20_000_000;

    /** Random tokens, so that no answer ends by itself, whatever the weights. */
    private static final GenerationSettings LONG_ANSWER = GenerationSettings.DEFAULT
            .withDecoding(new Decoding.Sampling(1000, 0, 1, 1))
            .withMaxNewTokens(TOKENS)
            .withConstrained(false);

    public ModelMeasurement {
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(token, "token");
    }

    /** Positions of a prompt that are computed in a second. */
    public double promptRate() {
        return promptPositions / seconds(prompt);
    }

    /** Tokens of one answer that are computed in a second. */
    public double tokenRate() {
        return 1 / seconds(token);
    }

    /**
     * Loads a model, asks it twice and closes it. The first answer is not counted.
     *
     * @param progress gets a few words before each long step
     * @throws io.sextant.core.error.SextantException as {@link ModelLoader#load(ModelSettings, Consumer)}, for instance where the weights do not fit
     *     the memory
     */
    public static ModelMeasurement of(ModelSettings settings, Consumer<String> progress) {
        long start = System.nanoTime();
        try (VisionLanguageModel model = ModelLoader.load(settings, progress)) {
            Duration load = Duration.ofNanos(System.nanoTime() - start);
            waitForFasterForms(model);
            progress.accept("measuring");
            model.generate(request(1));
            GenerationResult result = model.generate(request(2));
            int steps = Math.max(1, result.tokens().size() - 1);
            return new ModelMeasurement(
                    model.info().precision(),
                    model.info().device(),
                    load,
                    result.timings().encode(),
                    result.promptTokens(),
                    result.timings().prefill(),
                    result.timings().decode().dividedBy(steps));
        }
    }

    /** What a model does for its speed when there is nothing else to do is done before it is measured. */
    private static void waitForFasterForms(VisionLanguageModel model) {
        while (model.statistics().pendingBytes() > 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** About an image that was not seen before. */
    private static GenerationRequest request(long seed) {
        byte[] rgb = new byte[3 * SIDE * SIDE];
        new Random(seed).nextBytes(rgb);
        RgbImage image = new RgbImage("noise", String.format("%064x", seed), SIDE, SIDE, 1, rgb);
        return GenerationRequest.builder(
                        List.of(image), List.of(Turn.open(List.of(PromptSegment.userText("What is to be seen here?")))))
                .settings(LONG_ANSWER)
                .build();
    }

    private static double seconds(Duration duration) {
        return Math.max(1, duration.toNanos()) / 1e9;
    }
}
