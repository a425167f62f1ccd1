package io.sextant.app.http;

import io.sextant.app.metrics.PipelineMeters;
import io.sextant.app.serving.ModelLease;
import io.sextant.app.serving.ServedModel;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.Question;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.Decoding;
import io.sextant.core.GenerationSettings;
import io.sextant.core.Share;
import io.sextant.core.TextListener;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.observe.ObservedTaskRunner;
import io.sextant.routes.observe.PipelineListener;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a caller's questions about one image to the model, side by side: the image is encoded once, and one model answers all. Thread-safe.
 */
@Singleton
final class Questions {
    private static final int MOST_STEPS = 64;

    /** Stands for the pipeline in metrics; no pipeline can be called so. */
    private static final String ASKER = "(http)";

    /** All callers together have as much of the model's time as one pipeline. */
    private static final Share SHARE = Share.of(ASKER);

    private final ServedModel served;
    private final PipelineListener listener;
    private final TaskRegistry registry;
    private final GenerationSettings generation;

    @Inject
    Questions(ServedModel served, Toolkit toolkit, PipelineMeters meters) {
        this.served = served;
        this.listener = meters.tasksOf(ASKER);
        this.registry = toolkit.registry();
        this.generation = toolkit.settings().generation();
    }

    TaskRegistry registry() {
        return registry;
    }

    /**
     * Asks while a lease lasts, which ends with the answer.
     *
     * @throws io.sextant.app.serving.ModelAwayException if there is no model to ask at the moment: a caller may come again, and is not to
     *     wait as long as a model takes to load
     */
    <T> CompletableFuture<T> withModel(Function<ModelLease, CompletableFuture<T>> question) {
        ModelLease lease = served.lease();
        try {
            CompletableFuture<T> answer = question.apply(lease);
            answer.whenComplete((outcome, failure) -> lease.close());
            return answer;
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /**
     * What the body asks of a task, or of the tasks it names itself.
     *
     * @param task the path's
     * @param headers of the call, those the task reads
     * @throws InvalidRequestException if the body names steps of its own, or turns
     */
    List<StepRequest> ofTask(
            String task, Question question, @Nullable Integer maxNewTokens, Map<String, String> headers) {
        if (!question.steps().isEmpty()) {
            throw new InvalidRequestException(
                    "The path names a task and the body steps; send steps to /v1/tasks, without a task.");
        }
        String prompt = question.prompt();
        return List.of(
                new StepRequest(null, task, prompt == null ? "" : prompt, question.box(), maxNewTokens, headers));
    }

    /** @throws InvalidRequestException if there are none, too many, or they are turns of a conversation */
    List<StepRequest> ofBody(Question question) {
        List<StepRequest> steps = question.steps();
        if (steps.isEmpty() || steps.size() > MOST_STEPS || question.isConversation()) {
            throw new InvalidRequestException(
                    "The body must have 1 to " + MOST_STEPS
                            + " steps, such as {\"image\": {\"data\": \"…\"}, \"steps\": [{\"task\": \"caption\"}]}, and no turns.");
        }
        return steps;
    }

    /**
     * The answers, in the order of the steps.
     *
     * @return fails with the first failure; cancelling it gives all up
     */
    CompletableFuture<List<TaskOutcome>> ask(RgbImage image, List<StepRequest> steps) {
        return withModel(lease -> ask(lease, image, steps));
    }

    private CompletableFuture<List<TaskOutcome>> ask(ModelLease lease, RgbImage image, List<StepRequest> steps) {
        List<CompletableFuture<TaskOutcome>> answers =
                steps.stream().map(step -> ask(lease, image, step, null)).toList();
        CompletableFuture<List<TaskOutcome>> all = new CompletableFuture<>();
        answers.forEach(answer -> answer.whenComplete((outcome, failure) -> {
            if (failure != null) {
                all.completeExceptionally(failure);
            }
        }));
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> all.complete(
                        answers.stream().map(CompletableFuture::join).toList()));
        all.whenComplete((outcomes, failure) -> answers.forEach(answer -> answer.cancel(false)));
        return all;
    }

    /**
     * The answer to the next question of a conversation.
     *
     * @param lease on the model that is asked
     * @param image what it is about, or null
     * @param history earlier rounds, oldest first
     * @param headers that the task reads
     * @param maxNewTokens longest answer, or null for what is configured
     * @param decoding how tokens are chosen, or null for what is configured
     * @param listener hears the answer while it is written, or null
     * @return cancelling it gives the question up
     */
    CompletableFuture<TaskOutcome> converse(
            ModelLease lease,
            String task,
            @Nullable RgbImage image,
            List<TaskInput.Round> history,
            String prompt,
            Map<String, String> headers,
            @Nullable Integer maxNewTokens,
            @Nullable Decoding decoding,
            @Nullable TextListener listener) {
        GenerationSettings settings = settings(maxNewTokens);
        TaskInput input = TaskInput.builder(image)
                .history(history)
                .prompt(prompt)
                .headers(headers)
                .settings(decoding == null ? settings : settings.withDecoding(decoding))
                .share(SHARE)
                .listener(listener)
                .build();
        return submit(lease, task, input);
    }

    /**
     * One answer.
     *
     * @param listener hears it while it is written, or null
     * @return cancelling it gives the question up
     */
    CompletableFuture<TaskOutcome> ask(RgbImage image, StepRequest step, @Nullable TextListener listener) {
        return withModel(lease -> ask(lease, image, step, listener));
    }

    private CompletableFuture<TaskOutcome> ask(
            ModelLease lease, RgbImage image, StepRequest step, @Nullable TextListener listener) {
        TaskInput input = TaskInput.builder(image)
                .prompt(step.prompt())
                .box(step.box())
                .headers(step.headers())
                .settings(settings(step.maxNewTokens()))
                .share(SHARE)
                .listener(listener)
                .build();
        return submit(lease, step.task(), input);
    }

    private CompletableFuture<TaskOutcome> submit(ModelLease lease, String task, TaskInput input) {
        return new ObservedTaskRunner(lease.tasks(), listener)
                .submit(task, input)
                .toCompletableFuture();
    }

    /**
     * A number that a caller writes, or null where none is written.
     *
     * @throws InvalidRequestException if it is no whole number
     */
    @Nullable
    Integer maxNewTokens(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        try {
            return Integer.valueOf(written.strip());
        } catch (NumberFormatException e) {
            throw notInRange("\"" + written + "\"");
        }
    }

    /** A caller may have less than is configured, not more. */
    private GenerationSettings settings(@Nullable Integer maxNewTokens) {
        if (maxNewTokens == null) {
            return generation;
        }
        if (maxNewTokens < 1 || maxNewTokens > generation.maxNewTokens()) {
            throw notInRange(String.valueOf(maxNewTokens));
        }
        return generation.withMaxNewTokens(maxNewTokens);
    }

    private InvalidRequestException notInRange(String maxNewTokens) {
        return new InvalidRequestException("maxNewTokens must be in 1.." + generation.maxNewTokens()
                + " (sextant.generation.max-new-tokens), was " + maxNewTokens + ".");
    }
}
