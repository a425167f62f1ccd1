package io.sextant.tasks;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.TextListener;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.SextantException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.TaskOutcome.ImageReference;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.VisionTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
    private final ConfidenceCalibration calibration;

    /**
     * @param model shared by all tasks; its owner closes it
     * @param registry the tasks there are
     */
    public ModelTaskRunner(VisionLanguageModel model, TaskRegistry registry) {
        this(builder(model, registry));
    }

    private ModelTaskRunner(Builder builder) {
        this.model = builder.model;
        this.registry = builder.registry;
        this.familiarity = builder.familiarity;
        this.calibration = builder.calibration;
    }

    /**
     * A runner in the making.
     *
     * @param model shared by all tasks; its owner closes it
     * @param registry the tasks there are
     */
    public static Builder builder(VisionLanguageModel model, TaskRegistry registry) {
        return new Builder(model, registry);
    }

    @Override
    public TaskRegistry registry() {
        return registry;
    }

    @Override
    public TaskOutcome run(String task, TaskInput input) {
        if (registry.task(task) instanceof CompositeTask composite) {
            return await(List.of(submit(composite, input))).get(0);
        }
        Prepared prepared = prepare(task, input);
        return outcome(prepared, model.generate(prepared.generation()));
    }

    @Override
    public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
        return begin(task, input);
    }

    private CompletableFuture<TaskOutcome> begin(String task, TaskInput input) {
        try {
            if (registry.task(task) instanceof CompositeTask composite) {
                return submit(composite, input);
            }
            Prepared prepared = prepare(task, input);
            CompletableFuture<GenerationResult> answer =
                    model.submit(prepared.generation()).toCompletableFuture();
            CompletableFuture<TaskOutcome> outcome = new CompletableFuture<>();
            answer.whenComplete((result, failure) -> complete(outcome, prepared, result, failure));
            outcome.whenComplete((result, failure) -> answer.cancel(false));
            return outcome;
        } catch (SextantException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Earlier rounds are no matter to steps, and are told as left out. */
    private CompletableFuture<TaskOutcome> submit(CompositeTask task, TaskInput input) {
        TaskRequest request = request(task, input.prompt(), input.box(), input.headers(), input.image());
        CompletableFuture<CompositeRun.Found> steps = new CompositeRun(task, input, request, this::begin).start();
        CompletableFuture<TaskOutcome> outcome = new CompletableFuture<>();
        steps.whenComplete((found, failure) -> {
            if (found == null) {
                outcome.completeExceptionally(Objects.requireNonNull(failure, "neither a result nor a failure"));
                return;
            }
            try {
                tell(input.listener(), found.finish().text());
                outcome.complete(outcome(task, request, input, found));
            } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
            }
        });
        outcome.whenComplete((result, failure) -> steps.cancel(false));
        return outcome;
    }

    /** Steps write for each other; what they come to is heard as a whole. */
    private static void tell(@Nullable TextListener listener, String text) {
        if (listener != null && !text.isEmpty()) {
            listener.onText(text);
        }
    }

    private TaskOutcome outcome(CompositeTask task, TaskRequest request, TaskInput input, CompositeRun.Found found) {
        ModelInfo info = model.info();
        String name = task.descriptor().name();
        RgbImage image = input.image();
        String id = ResultId.ofSteps(info, name, registry.definition(name), input, found.ids());
        return TaskOutcome.builder(id, name, info, found.finish().result())
                .prompt(request.prompt())
                .box(request.box())
                .image(image == null ? null : reference(image))
                .text(found.finish().text())
                .finishReason(found.finishReason())
                .tokens(found.promptTokens(), found.generatedTokens())
                .droppedTurns(input.history().size())
                .timings(found.timings())
                .headers(request.headers())
                .build();
    }

    private void complete(
            CompletableFuture<TaskOutcome> outcome,
            Prepared prepared,
            @Nullable GenerationResult result,
            @Nullable Throwable failure) {
        if (result == null) {
            outcome.completeExceptionally(Objects.requireNonNull(failure, "neither a result nor a failure"));
            return;
        }
        try {
            outcome.complete(outcome(prepared, result));
        } catch (RuntimeException | Error e) {
            outcome.completeExceptionally(e);
        }
    }

    @Override
    public List<TaskOutcome> runAll(List<TaskCall> calls) {
        if (calls.stream().anyMatch(call -> registry.task(call.task()) instanceof CompositeTask)) {
            return runAllBySteps(calls);
        }
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

    private List<TaskOutcome> runAllBySteps(List<TaskCall> calls) {
        for (TaskCall call : calls) {
            TaskInput input = call.input();
            if (registry.task(call.task()) instanceof CompositeTask composite) {
                request(composite, input.prompt(), input.box(), input.headers(), input.image());
            } else {
                prepare(call.task(), input);
            }
        }
        return await(
                calls.stream().map(call -> begin(call.task(), call.input())).toList());
    }

    /** All of them, or the failure of the first that fails; the others are given up. */
    private static List<TaskOutcome> await(List<CompletableFuture<TaskOutcome>> asked) {
        try {
            return asked.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new ModelDefectException("The model failed: " + e.getCause(), e);
        } catch (CancellationException e) {
            throw new ModelDefectException("An answer was given up by somebody else", e);
        } finally {
            asked.forEach(answer -> answer.cancel(false));
        }
    }

    private Prepared prepare(String name, TaskInput input) {
        VisionTask task = registry.task(name);
        RgbImage image = input.image();
        TaskRequest request = request(task, input.prompt(), input.box(), input.headers(), image);
        List<Turn> turns = new ArrayList<>();
        for (Round round : input.history()) {
            VisionTask earlier = registry.task(round.task());
            if (earlier instanceof CompositeTask) {
                continue;
            }
            TaskRequest question = request(earlier, round.prompt(), round.box(), round.headers(), image);
            turns.add(Turn.answered(write(earlier, question, input.deadline()), round.answer()));
        }
        turns.add(Turn.open(write(task, request, input.deadline())));
        List<RgbImage> images = image == null ? List.of() : List.of(image);
        GenerationRequest generation = GenerationRequest.builder(images, turns)
                .settings(input.settings())
                .grammar(grammar(task, request, input.deadline()))
                .share(input.share())
                .deadline(input.deadline())
                .listener(input.listener())
                .build();
        return new Prepared(task, request, input, generation);
    }

    private static TaskRequest request(
            VisionTask task,
            String prompt,
            @Nullable PixelBox box,
            Map<String, String> headers,
            @Nullable RgbImage image) {
        TaskRequest request = new TaskRequest(
                prompt.strip(),
                box,
                image == null ? 0 : image.width(),
                image == null ? 0 : image.height(),
                stripped(headers));
        InputCheck.require(task.descriptor(), request);
        return request;
    }

    /** A header without words is none. */
    private static Map<String, String> stripped(Map<String, String> headers) {
        Map<String, String> values = new HashMap<>(headers);
        values.replaceAll((header, value) -> value.strip());
        values.values().removeIf(String::isEmpty);
        return values;
    }

    private TaskOutcome outcome(Prepared prepared, GenerationResult answer) {
        ModelInfo info = model.info();
        String name = prepared.task().descriptor().name();
        RgbImage image = prepared.input().image();
        String id = ResultId.of(
                info, name, registry.definition(name), prepared.input(), prepared.generation(), calibration(prepared));
        return TaskOutcome.builder(id, name, info, parse(prepared, answer))
                .prompt(prepared.request().prompt())
                .box(prepared.request().box())
                .image(image == null ? null : reference(image))
                .text(answer.text())
                .finishReason(answer.finishReason())
                .tokens(answer.promptTokens(), answer.tokens().size())
                .droppedTurns(answer.droppedTurns())
                .timings(answer.timings())
                .headers(prepared.request().headers())
                .build();
    }

    private ImageReference reference(RgbImage image) {
        ImageReference reference = ImageReference.of(image);
        return familiarity == null ? reference : reference.withFamiliar(familiarity.test(image));
    }

    private static List<PromptSegment> write(VisionTask task, TaskRequest request, @Nullable Instant deadline) {
        return List.copyOf(TaskCode.call(task, "write its prompt", "prompt", deadline, () -> task.prompt(request)));
    }

    private static AnswerGrammar grammar(VisionTask task, TaskRequest request, @Nullable Instant deadline) {
        return TaskCode.call(task, "say what its answers look like", "grammar", deadline, () -> task.grammar(request));
    }

    /** Curves are fitted on answers that were held to their grammars, and tell nothing of others. */
    private ConfidenceCalibration calibration(Prepared prepared) {
        return prepared.input().settings().isConstrained() ? calibration : ConfidenceCalibration.NONE;
    }

    private TaskResult parse(Prepared prepared, GenerationResult answer) {
        VisionTask task = prepared.task();
        String what = "read an answer of " + answer.text().length() + " characters";
        GeneratedAnswer generated =
                new GeneratedAnswer(answer, task.descriptor().name(), calibration(prepared));
        try {
            return TaskCode.call(
                    task, what, "parse", prepared.input().deadline(), () -> task.parse(generated, prepared.request()));
        } catch (TaskDefectException | DeadlineExceededException e) {
            throw e;
        } catch (SextantException e) {
            throw TaskCode.defect(task, what, e);
        }
    }

    /** Collects what a runner is told. Not thread-safe. */
    public static final class Builder {
        private final VisionLanguageModel model;
        private final TaskRegistry registry;
        private @Nullable Predicate<RgbImage> familiarity;
        private ConfidenceCalibration calibration = ConfidenceCalibration.NONE;

        private Builder(VisionLanguageModel model, TaskRegistry registry) {
            this.model = Objects.requireNonNull(model, "model");
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /**
         * Whether an image looks like those the model was made for; null, the default, where that cannot be told. Asked about an image
         * once the model has answered, by any thread.
         */
        public Builder familiarity(@Nullable Predicate<RgbImage> value) {
            familiarity = value;
            return this;
        }

        /** What confidences are worth, for answers held to their grammars; left as they are unless said. */
        public Builder calibration(ConfidenceCalibration value) {
            calibration = value;
            return this;
        }

        /** The runner. */
        public ModelTaskRunner build() {
            return new ModelTaskRunner(this);
        }
    }

    /**
     * @param task what is asked
     * @param request the open question
     * @param input as the caller gave it
     * @param generation what the model is asked
     */
    private record Prepared(VisionTask task, TaskRequest request, TaskInput input, GenerationRequest generation) {}
}
