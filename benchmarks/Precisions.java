import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What one precision takes on this machine: loading, an image, a prompt, tokens a second of one answer and of several at once, and the
 * largest memory the process had. Weights may be random or zero, for the time does not depend on them. Run as {@code
 * benchmarks/README.md} says, once for each precision: the largest memory is that of a process.
 */
public final class Precisions {
    private static final int TOKENS = 24;
    private static final int ROUNDS = 3;

    private Precisions() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        int together = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        try (VisionLanguageModel model = ModelLoader.load(ModelSettings.builder(folder)
                .device("cpu")
                .precision(precision)
                .weightCache(kept(arguments))
                .build(), System.err::println)) {
            System.out.printf("%s: loaded in %.1f s%n", model.info().precision(), seconds(System.nanoTime() - start));
            for (int round = 0; round < ROUNDS; round++) {
                alone(model, round);
            }
            many(model, together);
        }
        System.out.println("largest memory: " + largestMemory());
    }

    /** A fourth argument "off" makes small weights in memory. */
    private static Optional<Path> kept(String[] arguments) {
        return arguments.length > 3 && arguments[3].equals("off")
                ? Optional.empty()
                : ModelSettings.of(Path.of(arguments[0])).weightCache();
    }

    private static void alone(VisionLanguageModel model, int round) {
        GenerationResult result = model.generate(request(round, "word ".repeat(100)));
        System.out.printf(
                "image %.2f s, prompt of %d positions %.2f s, %.2f tokens a second%n",
                seconds(result.timings().encode().toNanos()),
                result.promptTokens(),
                seconds(result.timings().prefill().toNanos()),
                result.tokens().size() / seconds(result.timings().decode().toNanos()));
    }

    /** All ask about one image that is known by then, so that what is measured is the decoder. */
    private static void many(VisionLanguageModel model, int together) {
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        long before = model.statistics().answerTokens();
        long start = System.nanoTime();
        for (int i = 0; i < together; i++) {
            answers.add(model.submit(request(0, "question " + i)).toCompletableFuture());
        }
        answers.forEach(CompletableFuture::join);
        double time = seconds(System.nanoTime() - start);
        System.out.printf(
                "%d answers at once: %.2f tokens a second, their prompts included%n",
                together, (model.statistics().answerTokens() - before) / time);
    }

    private static GenerationRequest request(long image, String text) {
        byte[] rgb = new byte[3 * 64 * 64];
        new Random(image).nextBytes(rgb);
        return GenerationRequest.builder(
                        List.of(new RgbImage("image " + image, String.format("%064d", image), 64, 64, 1, rgb)),
                        List.of(Turn.open(List.of(PromptSegment.userText(text)))))
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(TOKENS))
                .build();
    }

    private static String largestMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("unknown");
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
