package io.sextant.tasks;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.SextantException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.TaskOutcome.ImageReference;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on one model: checks the input, writes the turns, asks the model, reads its answer. Holds no state between
 * calls; thread-safe as far as the model is. Does not close the model.
 */
public final class ModelTaskRunner implements TaskRunner {
    private final VisionLanguageModel model;
    private final TaskRegistry registry;
    private final @Nullable Predicate<RgbImage> familiarity;

    /**
     * @param model shared by all tasks; its owner closes it
     * @param registry the tasks there are
     */
    public ModelTaskRunner(VisionLanguageModel model, TaskRegistry registry) {
        this(model, registry, null);
    }

    /**
     * @param model shared by all tasks; its owner closes it
     * @param registry the tasks there are
     * @param familiarity whether an image looks like those the model was made for, or null where that cannot be told;
     *     called from every thread that runs tasks
     */
    public ModelTaskRunner(
            VisionLanguageModel model, TaskRegistry registry, @Nullable Predicate<RgbImage> familiarity) {
        this.model = Objects.requireNonNull(model, "model");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.familiarity = familiarity;
    }

    @Override
    public TaskRegistry registry() {
        return registry;
    }

    @Override
    public TaskOutcome run(String task, TaskInput input) {
        Prepared prepared = prepare(task, input);
        return outcome(prepared, model.generate(prepared.generation()));
    }

    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        try {
            Prepared prepared = prepare(task, input);
            return model.submit(prepared.generation()).thenApply(answer -> outcome(prepared, answer));
        } catch (SextantException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        List<Prepared> prepared =
                calls.stream().map(call -> prepare(call.task(), call.input())).toList();
        List<GenerationResult> results =
                model.generateAll(prepared.stream().map(Prepared::generation).toList());
        List<TaskOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            outcomes.add(outcome(prepared.get(i), results.get(i)));
        }
        return List.copyOf(outcomes);
    }

    private Prepared prepare(String name, TaskInput input) {
        VisionTask task = registry.task(name);
        RgbImage image = input.image();
        TaskRequest request = request(task, input.prompt(), input.box(), image);
        List<Turn> turns = new ArrayList<>();
        for (Round round : input.history()) {
            VisionTask earlier = registry.task(round.task());
            TaskRequest question = request(earlier, round.prompt(), round.box(), image);
            turns.add(Turn.answered(write(earlier, question), round.answer()));
        }
        turns.add(Turn.open(write(task, request)));
        List<RgbImage> images = image == null ? List.of() : List.of(image);
        GenerationRequest generation = GenerationRequest.builder(images, turns)
                .settings(input.settings())
                .grammar(grammar(task, request))
                .build();
        return new Prepared(task, request, input, image == null ? null : reference(image), generation);
    }

    private static TaskRequest request(
            VisionTask task, String prompt, @Nullable PixelBox box, @Nullable RgbImage image) {
        TaskRequest request = image == null
                ? new TaskRequest(prompt.strip(), box, 0, 0)
                : new TaskRequest(prompt.strip(), box, image.width(), image.height());
        InputCheck.require(task.descriptor(), request);
        return request;
    }

    private TaskOutcome outcome(Prepared prepared, GenerationResult answer) {
        ModelInfo info = model.info();
        String name = prepared.task().descriptor().name();
        return new TaskOutcome(
                ResultId.of(info, name, registry.definition(name), prepared.input(), prepared.generation()),
                name,
                prepared.request().prompt(),
                prepared.request().box(),
                info,
                prepared.image(),
                answer.text(),
                parse(prepared, answer),
                answer.finishReason(),
                answer.promptTokens(),
                answer.tokens().size(),
                answer.droppedTurns(),
                answer.timings());
    }

    private ImageReference reference(RgbImage image) {
        ImageReference reference = ImageReference.of(image);
        return familiarity == null ? reference : reference.withFamiliar(familiarity.test(image));
    }

    private static List<PromptSegment> write(VisionTask task, TaskRequest request) {
        try {
            return task.prompt(request);
        } catch (SextantException e) {
            throw e;
        } catch (RuntimeException e) {
            throw defect(task, "write its prompt", e);
        }
    }

    private static AnswerGrammar grammar(VisionTask task, TaskRequest request) {
        try {
            return task.grammar(request);
        } catch (SextantException e) {
            throw e;
        } catch (RuntimeException e) {
            throw defect(task, "say what its answers look like", e);
        }
    }

    private static TaskResult parse(Prepared prepared, GenerationResult answer) {
        try {
            return prepared.task().parse(new GeneratedAnswer(answer), prepared.request());
        } catch (RuntimeException e) {
            throw defect(prepared.task(), "read an answer of " + answer.text().length() + " characters", e);
        }
    }

    private static TaskDefectException defect(VisionTask task, String what, RuntimeException cause) {
        return new TaskDefectException(
                "The task \"" + task.descriptor().name() + "\" ("
                        + task.getClass().getName() + ") failed to " + what + "; report it to the task's author.",
                cause);
    }

    /**
     * @param task what is asked
     * @param request the open question
     * @param input as the caller gave it
     * @param image what it is about, or null for a text-only request
     * @param generation what the model is asked
     */
    private record Prepared(
            VisionTask task,
            TaskRequest request,
            TaskInput input,
            @Nullable ImageReference image,
            GenerationRequest generation) {}
}
