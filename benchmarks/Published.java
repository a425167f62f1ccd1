import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.model.MemorySize;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What a model of the published sizes takes on this machine, in one precision: an image, a prompt, tokens a second of one answer and of 16 at once, a
 * {@code refer} and a {@code detection} answer from image to text, the latter also with three boxes, and the largest memory of the process. Weights may be random or zero, for the time of products does
 * not depend on them. Begins when the model's products are as fast as they get, which is some time after it is loaded. Measures once for each line of its standard input and prints one line of JSON, so that others can be measured in between; a line {@code six}
 * measures six tasks about one image against six about one each, and {@code sequences 8} eight answers at once. Arguments: the model folder, a precision, and, where they are
 * others than those of the application on a processor, a device and the memory for keys and values. Run as {@code benchmarks/README.md} says.
 */
public final class Published {
    private static final int TOKENS = 24;
    private static final int SEQUENCES = 16;
    private static final int MOST_SEQUENCES = 128;
    private static final int TEXT_WORDS = 10;

    /** By chance, among all that a grammar allows: with weights that are zeros the first of equals would always be chosen, which leaves a grammar little choice. */
    private static final GenerationSettings ANYTHING =
            GenerationSettings.DEFAULT.withDecoding(new Decoding.Sampling(1, 0, 1, 1));

    private final VisionLanguageModel model;
    private final TaskRunner tasks;
    private long images;

    private Published(VisionLanguageModel model) {
        this.model = model;
        tasks = new ModelTaskRunner(model, TaskRegistries.discover());
    }

    public static void main(String[] arguments) throws Exception {
        Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        long start = System.nanoTime();
        try (VisionLanguageModel model = ModelLoader.load(
                ModelSettings.builder(Path.of(arguments[0]))
                        .device(arguments.length > 2 ? arguments[2] : "cpu")
                        .cacheBytes(arguments.length > 3 ? MemorySize.of(arguments[3]).bytes() : 0)
                        .maxSequences(MOST_SEQUENCES)
                        .precision(precision)
                        .taskIdentifiers(TaskRegistries.discover().taskIdentifiers())
                        .build(),
                System.err::println)) {
            double loaded = seconds(start);
            while (model.statistics().pendingBytes() > 0) {
                Thread.sleep(20);
            }
            System.out.printf(
                    "{\"precision\":\"%s\",\"load\":%.1f,\"fastest\":%.1f}%n",
                    model.info().precision(), loaded, seconds(start));
            Published published = new Published(model);
            BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = turns.readLine(); line != null; line = turns.readLine()) {
                System.out.println(published.measured(line));
            }
        }
    }

    private String measured(String line) throws IOException {
        if (line.equals("six")) {
            return sixTasks();
        }
        if (line.matches("sequences [1-9]\\d*")) {
            int sequences = Integer.parseInt(line.substring("sequences ".length()));
            return String.format(
                    Locale.ROOT,
                    "{\"sequences\":%d,\"tokensPerSecond\":%.2f}",
                    sequences,
                    together(newImage(), sequences));
        }
        return turn();
    }

    private String turn() throws IOException {
        RgbImage image = newImage();
        GenerationResult alone = model.generate(request(image, "word ".repeat(TEXT_WORDS)));
        String answers = answer("refer", "the red apple", 20) + "," + answer("detection", "apple, dog, rocket", 60) + ","
                + measured("three boxes", this::threeBoxes);
        return String.format(
                Locale.ROOT,
                "{\"image\":%.2f,\"positions\":%d,\"prompt\":%.2f,\"token\":%.3f,\"together\":%.2f,\"answers\":[%s],\"largest\":\"%s\"}",
                alone.timings().encode().toNanos() / 1e9,
                alone.promptTokens(),
                alone.timings().prefill().toNanos() / 1e9,
                alone.timings().decode().toNanos() / 1e9 / steps(alone),
                together(image, SEQUENCES),
                answers,
                largestMemory());
    }

    /**
     * Image pass and prompts of six tasks with one token each: about one image, all at once, and about six, one after the other. With the positions of each prompt, and those that
     * prompts about one image share.
     */
    private String sixTasks() {
        long before = model.statistics().promptPositions();
        long start = System.nanoTime();
        tasks.runAll(sixCalls(newImage()));
        double together = seconds(start);
        long computed = model.statistics().promptPositions() - before;
        List<Long> positions = new ArrayList<>();
        start = System.nanoTime();
        for (int i = 0; i < 6; i++) {
            before = model.statistics().promptPositions();
            TaskCall call = sixCalls(newImage()).get(i);
            tasks.run(call.task(), call.input());
            positions.add(model.statistics().promptPositions() - before);
        }
        double separate = seconds(start);
        long all = positions.stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "{\"together\":%.2f,\"separate\":%.2f,\"ratio\":%.2f,\"positions\":%s,\"shared\":%d}",
                together,
                separate,
                separate / together,
                positions,
                (all - computed) / 5);
    }

    private static List<TaskCall> sixCalls(RgbImage image) {
        TaskInput.Builder input = TaskInput.builder(image)
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(1).withConstrained(false));
        return List.of(
                new TaskCall("vqa", input.prompt("what is on the table?").build()),
                new TaskCall("caption", input.prompt("").build()),
                new TaskCall("grounding", input.build()),
                new TaskCall("refer", input.prompt("the red apple").build()),
                new TaskCall("detection", input.prompt("apple, dog, rocket").build()),
                new TaskCall(
                        "identify",
                        input.prompt("").box(new PixelBox(5, 5, 40, 40)).build()));
    }

    /** From an image nobody has asked about to the text, with the grammar of the task and of at most so many tokens, for such weights write without end. */
    private String answer(String task, String prompt, int tokensAtMost) {
        GenerationSettings settings = ANYTHING.withMaxNewTokens(tokensAtMost);
        TaskInput input =
                TaskInput.builder(newImage()).prompt(prompt).settings(settings).build();
        return measured(task, () -> tasks.run(task, input));
    }

    /** What a trained model answers to {@code [detection]}: three things with a box each. Names are those asked for, since random weights would never end one. */
    private void threeBoxes() {
        AnswerGrammar thing = AnswerGrammar.sequence(
                AnswerGrammar.text("<p>"),
                AnswerGrammar.oneOf(List.of("apple", "dog", "rocket")),
                AnswerGrammar.text("</p> "),
                AnswerGrammar.box());
        List<PromptSegment> prompt =
                List.of(PromptSegment.taskIdentifier("detection"), PromptSegment.userText("apple, dog, rocket"));
        model.generate(GenerationRequest.builder(List.of(newImage()), List.of(Turn.open(prompt)))
                .grammar(AnswerGrammar.repeat(thing, 3, 3, " "))
                .settings(ANYTHING)
                .build());
    }

    private String measured(String answer, Runnable work) {
        ModelStatistics before = model.statistics();
        long start = System.nanoTime();
        work.run();
        double seconds = seconds(start);
        ModelStatistics after = model.statistics();
        return String.format(
                Locale.ROOT,
                "{\"task\":\"%s\",\"positions\":%d,\"tokens\":%d,\"steps\":%d,\"seconds\":%.2f,\"computed\":%.2f}",
                answer,
                after.promptPositions() - before.promptPositions(),
                after.answerTokens() - before.answerTokens(),
                after.steps() - before.steps(),
                seconds,
                (after.stepTime().minus(before.stepTime()).toNanos()
                                + after.imageTime().minus(before.imageTime()).toNanos())
                        / 1e9);
    }

    /**
     * Tokens a second of several answers at once about one image, which is encoded before: the sum of what each writes a second. The first token of each comes with its prompt
     * and does not count; whose comes first then takes part in the step of the others' prompts, which is part of its own time.
     */
    private double together(RgbImage image, int sequences) {
        model.generate(request(image, "what is it?"));
        List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            answers.add(model.submit(request(image, "question " + i)).toCompletableFuture());
        }
        double rate = 0;
        for (CompletableFuture<GenerationResult> answer : answers) {
            GenerationResult result = answer.join();
            rate += steps(result) / (result.timings().decode().toNanos() / 1e9);
        }
        return rate;
    }

    /** Tokens that took a step each; the first came with the prompt. */
    private static int steps(GenerationResult result) {
        return Math.max(1, result.tokens().size() - 1);
    }

    private RgbImage newImage() {
        images++;
        byte[] rgb = new byte[3 * 64 * 64];
        new Random(images).nextBytes(rgb);
        return new RgbImage("image " + images, String.format("%064d", images), 64, 64, 1, rgb);
    }

    private static GenerationRequest request(RgbImage image, String text) {
        return GenerationRequest.builder(List.of(image), List.of(Turn.open(List.of(PromptSegment.userText(text)))))
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(TOKENS))
                .build();
    }

    private static String largestMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("\\s+", " "))
                .findFirst()
                .orElse("unknown");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
