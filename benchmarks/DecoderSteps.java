import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.EmbeddedModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many steps the decoder computes for {@code refer} and {@code detection} with grammars and without, one request at a time; and what share of the
 * time goes to scheduling, choosing and constraints, with all requests at once. Run as {@code benchmarks/README.md} says, with a folder of images.
 */
public final class DecoderSteps {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.UPRIGHT);

    /** Of many requests at once, after one in which the virtual machine compiles. */
    private static final int ROUNDS = 5;

    private DecoderSteps() {}

    public static void main(String[] arguments) throws Exception {
        List<RgbImage> images = images(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Path folder = arguments.length > 2 ? Path.of(arguments[2]) : EmbeddedModel.folder();
        try (VisionLanguageModel model = ModelLoader.load(ModelSettings.of(folder)
                .withTaskIdentifiers(TaskRegistries.discover().taskIdentifiers()))) {
            TaskRunner runner = new ModelTaskRunner(model, TaskRegistries.discover());
            for (String task : List.of("refer", "detection")) {
                long free = steps(model, runner, calls(images, task, false));
                long held = steps(model, runner, calls(images, task, true));
                System.out.printf(
                        "%s: %d steps without grammar, %d with, %.1f %% fewer%n",
                        task, free, held, 100.0 * (free - held) / free);
            }
            List<Double> shares = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                for (boolean isHeld : new boolean[] {false, true}) {
                    double share = share(model, runner, images, isHeld);
                    if (isHeld && round > 0) {
                        shares.add(share);
                    }
                }
            }
            shares.sort(null);
            System.out.printf("grammar on, median of the last %d: %.1f %%%n", ROUNDS, shares.get(ROUNDS / 2));
        }
    }

    /** What part of the time of many requests at once, in percent, is neither the decoder's nor the image encoder's. */
    private static double share(VisionLanguageModel model, TaskRunner runner, List<RgbImage> images, boolean isHeld) {
        List<TaskCall> all = new ArrayList<>();
        for (String task : List.of("refer", "detection", "grounding", "caption")) {
            all.addAll(calls(images, task, isHeld));
        }
        ModelStatistics before = model.statistics();
        long start = System.nanoTime();
        runner.runAll(all);
        double seconds = (System.nanoTime() - start) / 1e9;
        ModelStatistics after = model.statistics();
        double computed = after.stepTime().minus(before.stepTime()).toNanos() / 1e9
                + after.imageTime().minus(before.imageTime()).toNanos() / 1e9;
        double share = 100 * (seconds - computed) / seconds;
        System.out.printf(
                "%d requests at once, grammar %s: %.2f s, of which %.2f s computed; %.1f %% is everything else%n",
                all.size(), isHeld ? "on" : "off", seconds, computed, share);
        return share;
    }

    private static long steps(VisionLanguageModel model, TaskRunner runner, List<TaskCall> calls) {
        long before = model.statistics().steps();
        calls.forEach(call -> runner.run(call.task(), call.input()));
        return model.statistics().steps() - before;
    }

    private static List<TaskCall> calls(List<RgbImage> images, String task, boolean isHeld) {
        String prompt = task.equals("refer") ? "the apple" : task.equals("detection") ? "apple, dog, rocket" : "";
        GenerationSettings settings = GenerationSettings.DEFAULT.withConstrained(isHeld);
        return images.stream()
                .map(image -> new TaskCall(task, TaskInput.builder(image).prompt(prompt).settings(settings).build()))
                .toList();
    }

    private static List<RgbImage> images(Path folder, int most) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().limit(most).map(DECODER::decode).toList();
        }
    }
}
