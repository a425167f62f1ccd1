package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.Decoding;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.confidence.ConfidenceCurve;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.declared.DeclaredTask;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultIdTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String WEIGHTS = "f".repeat(64);
    private static final GenerationSettings GREEDY = GenerationSettings.DEFAULT;
    /** SHA-256 of the fields that docs/result-format.md lists, computed without this project's code. */
    private static final String EXPECTED = "1fb09f9e505184d8b2d76ad14ddc464d5ed3fc268a7908e983d15a6e568004d1";

    private static final Round ROUND = new Round("vqa", "what is it?", null, "a cat");

    private final Set<String> seen = new HashSet<>();

    @Test
    void isTheSameForTheSameQuestionWhateverItsFileIsCalled() {
        TaskRunner runner = new ModelTaskRunner(new Model(WEIGHTS, "float32"), TaskRegistries.discover());

        String id = runner.run("vqa", TaskInput.about(image("a.png", DIGEST, 200, 1), "why?"))
                .id();

        assertThat(runner.run("vqa", TaskInput.about(image("b.png", DIGEST, 200, 1), "  why? "))
                        .id())
                .isEqualTo(id);
        assertThat(id).as("the documented form; a change needs a new version").isEqualTo(EXPECTED);
    }

    @Test
    void differsWithEverythingThatMayChangeTheResult() {
        RgbImage image = image("a.png", DIGEST, 200, 1);
        Map<String, Map<String, String>> none = Map.of();
        assertNew(input(image, List.of(), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(), "why", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(), "why?", GREEDY), "refer", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(), "why?", GREEDY), "chat", none, WEIGHTS, "float32");
        assertNew(input(null, List.of(), "why?", GREEDY), "chat", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(), "why?", GREEDY), "vqa", none, "e".repeat(64), "float32");
        assertNew(input(image, List.of(), "why?", GREEDY), "vqa", none, WEIGHTS, "bfloat16");
        assertNew(
                input(image("a", "cd".repeat(32), 200, 1), List.of(), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image("a", DIGEST, 100, 1), List.of(), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image("a", DIGEST, 200, 3), List.of(), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(ROUND), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(ROUND, ROUND), "why?", GREEDY), "vqa", none, WEIGHTS, "float32");
        assertNew(input(image, List.of(), "why?", GREEDY), "vqa", plain(), WEIGHTS, "float32");
        for (GenerationSettings settings : List.of(
                GREEDY.withMaxNewTokens(9),
                GREEDY.withRefinedBoxes(true),
                GREEDY.withRepetitionPenalty(1.05),
                GREEDY.withConversationForm(ConversationForm.CHAT_ANSWER),
                GREEDY.withDecoding(Decoding.Sampling.demo(1)),
                GREEDY.withDecoding(Decoding.Sampling.demo(2)),
                GREEDY.withDecoding(new Decoding.Sampling(0.7, 50, 0.9, 1)),
                GREEDY.withDecoding(new Decoding.Sampling(0.6, 51, 0.9, 1)),
                GREEDY.withDecoding(new Decoding.Sampling(0.6, 50, 0.8, 1)),
                GREEDY.withDecoding(new Decoding.Beams(3, 1)),
                GREEDY.withDecoding(new Decoding.Beams(4, 1)),
                GREEDY.withDecoding(new Decoding.Beams(3, 2)))) {
            assertNew(input(image, List.of(), "why?", settings), "vqa", none, WEIGHTS, "float32");
        }
        for (PixelBox box : List.of(new PixelBox(0, 0, 9, 9), new PixelBox(0, 0, 9.001, 9), new PixelBox(0, 1, 9, 9))) {
            assertNew(TaskInput.builder(image).box(box).settings(GREEDY).build(), "identify", none, WEIGHTS, "float32");
        }
    }

    @Test
    void differsWithTheCalibrationThatConfidencesWentThrough() {
        TaskInput input = input(image("a", DIGEST, 200, 1), List.of(), "why?", GREEDY);
        TaskInput free = input(image("a", DIGEST, 200, 1), List.of(), "why?", GREEDY.withConstrained(false));

        assertThat(calibratedId(0.5, input)).isEqualTo(calibratedId(0.5, input)).isNotEqualTo(calibratedId(0.6, input));
        assertThat(calibratedId(0.5, free))
                .as("curves are not applied")
                .isEqualTo(calibratedId(0.6, free))
                .isEqualTo(EXPECTED);
    }

    private static String calibratedId(double slope, TaskInput input) {
        ConfidenceCalibration calibration =
                new ConfidenceCalibration("", Map.of("vqa", Map.of(AnswerPart.ANSWER, new ConfidenceCurve(slope, 0))));
        return ModelTaskRunner.builder(new Model(WEIGHTS, "float32"), TaskRegistries.discover())
                .calibration(calibration)
                .build()
                .run("vqa", input)
                .id();
    }

    @Test
    void differsWithADeclaredTasksAnswersAlthoughTheQuestionIsTheSame() {
        DeclaredTask open = DeclaredTask.of("mood", "what mood?");
        TaskInput input = input(image("a", DIGEST, 200, 1), List.of(), "", GREEDY);

        assertThat(declaredId(open, input)).isEqualTo(declaredId(open, input));
        assertThat(declaredId(open.withAnswers(List.of("glad", "sad")), input))
                .isNotEqualTo(declaredId(open, input))
                .isNotEqualTo(declaredId(open.withAnswers(List.of("glad", "bad")), input));
    }

    private static String declaredId(DeclaredTask task, TaskInput input) {
        TaskRegistry registry = TaskRegistries.of(List.of(), Map.of(), List.of(task));
        return new ModelTaskRunner(new Model(WEIGHTS, "float32"), registry)
                .run("mood", input)
                .id();
    }

    private void assertNew(
            TaskInput input, String task, Map<String, Map<String, String>> settings, String weights, String precision) {
        TaskRegistry registry = TaskRegistries.discover(settings, List.of());
        String id = new ModelTaskRunner(new Model(weights, precision), registry)
                .run(task, input)
                .id();

        assertThat(seen.add(id))
                .as(task + " " + input + " must have an id of its own")
                .isTrue();
    }

    private static Map<String, Map<String, String>> plain() {
        return Map.of("vqa", Map.of("template", "plain"));
    }

    private static RgbImage image(String name, String digest, int width, int orientation) {
        return new RgbImage(name, digest, width, 100, orientation, new byte[3 * width * 100]);
    }

    private static TaskInput input(
            @Nullable RgbImage image, List<Round> history, String prompt, GenerationSettings settings) {
        return TaskInput.builder(image)
                .history(history)
                .prompt(prompt)
                .settings(settings)
                .build();
    }

    /** A model whose identity a test chooses. */
    private record Model(String fingerprint, String precision) implements VisionLanguageModel {
        @Override
        public ModelInfo info() {
            return new ModelInfo("tiny", fingerprint, 448, 256, 4096, "cpu", precision);
        }

        @Override
        public CompletionStage<GenerationResult> submit(GenerationRequest request) {
            return CompletableFuture.completedFuture(
                    GenerationResult.builder("").promptTokens(1).build());
        }

        @Override
        public void close() {}
    }
}
