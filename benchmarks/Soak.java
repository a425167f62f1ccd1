import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.MemorySize;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.TaskRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Many requests at random for some minutes: about more images than the cache holds, some given up, of several lengths, up to eight at once. Prints once a minute
 * what the model has done and the anonymous memory of the process, and at the end how many answers that were asked for again came out otherwise, which
 * must be none. Arguments: the model folder, a precision, minutes, the memory for keys and values. With {@code -Xms} as {@code -Xmx} and
 * {@code -XX:+AlwaysPreTouch} the heap does not grow. Run as {@code benchmarks/README.md} says.
 */
public final class Soak {
    private static final int IMAGES = 6;
    private static final int AT_ONCE = 8;
    private static final int[] TOKENS = {2, 5, 9};

    /** One request in so many is given up. */
    private static final int GIVEN_UP = 5;

    private final VisionLanguageModel model;
    private final Random random = new Random(1);
    private final Deque<Asked> open = new ArrayDeque<>();
    private final Map<String, String> answers = new HashMap<>();
    private long again;
    private long otherwise;

    private Soak(VisionLanguageModel model) {
        this.model = model;
    }

    public static void main(String[] arguments) throws Exception {
        try (VisionLanguageModel model = ModelLoader.load(
                ModelSettings.builder(Path.of(arguments[0]))
                        .precision(Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT)))
                        .cacheBytes(MemorySize.of(arguments[3]).bytes())
                        .taskIdentifiers(TaskRegistries.discover().taskIdentifiers())
                        .build(),
                System.err::println)) {
            while (model.statistics().pendingBytes() > 0) {
                Thread.sleep(20);
            }
            new Soak(model).run(Double.parseDouble(arguments[2]));
        }
    }

    private void run(double minutes) throws IOException {
        long start = System.nanoTime();
        int told = 0;
        for (double now = 0; now < minutes; now = (System.nanoTime() - start) / 60e9) {
            if (now >= told) {
                tell(now);
                told++;
            }
            while (open.size() < AT_ONCE) {
                open.add(ask());
            }
            if (random.nextInt(GIVEN_UP) == 0) {
                open.peekLast().answer().cancel(false);
            }
            take(open.poll());
        }
        while (!open.isEmpty()) {
            take(open.poll());
        }
        tell(minutes);
        System.out.printf("asked for again: %d, came out otherwise: %d%n", again, otherwise);
    }

    private Asked ask() {
        int image = random.nextInt(IMAGES);
        int question = random.nextInt(5);
        int tokens = TOKENS[random.nextInt(TOKENS.length)];
        GenerationRequest request = GenerationRequest.builder(
                        List.of(image(image)),
                        List.of(Turn.open(List.of(PromptSegment.userText("what is it? ".repeat(question + 1))))))
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(tokens))
                .build();
        return new Asked(image + " " + question + " " + tokens, model.submit(request).toCompletableFuture());
    }

    private void take(Asked asked) {
        try {
            GenerationResult result = asked.answer().join();
            String before = answers.putIfAbsent(asked.what(), result.text() + result.tokens());
            if (before != null) {
                again++;
                otherwise += before.equals(result.text() + result.tokens()) ? 0 : 1;
            }
        } catch (CancellationException e) {
            // Given up; what others get must not change by that.
        }
    }

    private void tell(double minute) throws IOException {
        ModelStatistics done = model.statistics();
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon"))
                .map(line -> line.replaceAll("\\s+", " "))
                .findFirst()
                .orElse("unknown");
        System.out.printf(
                Locale.ROOT,
                "%.0f min: %d answers, %d given up, %d failed, %d image passes, %d evictions, %d steps; %s%n",
                minute,
                done.completed(),
                done.cancelled(),
                done.failed(),
                done.imagePasses(),
                done.evictions(),
                done.steps(),
                memory);
    }

    private static RgbImage image(int seed) {
        byte[] rgb = new byte[3 * 64 * 64];
        new Random(seed).nextBytes(rgb);
        return new RgbImage("image " + seed, String.format("%064d", seed), 64, 64, 1, rgb);
    }

    private record Asked(String what, CompletableFuture<GenerationResult> answer) {}
}
