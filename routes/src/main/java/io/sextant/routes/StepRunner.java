package io.sextant.routes;

import io.sextant.core.GenerationSettings;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the steps of a pipeline about one image: all side by side, or turn by turn. Thread-safe; waits for the answers, while other
 * threads ask about other images.
 */
final class StepRunner {
    /** How long an image that has answers waits before it asks a model again that is full of others' requests. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final TaskRunner tasks;
    private final GenerationSettings generation;
    private final PipelineSettings pipeline;
    private final Clock clock;

    /** @param clock tells until when answers are of use */
    StepRunner(TaskRunner tasks, GenerationSettings generation, PipelineSettings pipeline, Clock clock) {
        this.tasks = tasks;
        this.generation = generation;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /** The tasks there are. */
    TaskRegistry registry() {
        return tasks.registry();
    }

    /**
     * What the steps found. One model answers them all; while it is being exchanged for another, the image waits.
     *
     * @throws RuntimeException if the model is short of something or not to be reached: then no step is at fault
     */
    Answers answer(RgbImage image, StepPlan plan) {
        try (TaskSession session = tasks.session()) {
            Duration patience = pipeline.deadline();
            Instant deadline = patience == null ? null : clock.instant().plus(patience);
            return plan.isConversation()
                    ? converse(session.tasks(), image, plan.steps(), deadline)
                    : together(session.tasks(), image, plan.steps(), deadline);
        }
    }

    /** Each turn after the answers of those before it. A turn that fails ends the conversation: the rest lack its answer. */
    private Answers converse(TaskRunner model, RgbImage image, List<StepSettings> turns, @Nullable Instant deadline) {
        Map<StepSettings, TaskOutcome> outcomes = new LinkedHashMap<>();
        List<TaskInput.Round> history = new ArrayList<>();
        List<CompletableFuture<TaskOutcome>> answered = new ArrayList<>();
        for (StepSettings turn : turns) {
            TaskInput input = input(image, turn, history, deadline);
            CompletableFuture<TaskOutcome> answer = submitWhenThereIsRoom(model, turn, input, answered);
            try {
                TaskOutcome outcome = await(answer);
                outcomes.put(turn, outcome);
                answered.add(answer);
                history.add(
                        new TaskInput.Round(turn.task(), turn.prompt(), turn.box(), outcome.text(), turn.headers()));
            } catch (RuntimeException e) {
                if (!isOneStepsFault(e)) {
                    throw e;
                }
                return new Answers(outcomes, Map.of(turn, e));
            } finally {
                answer.cancel(false);
            }
        }
        return new Answers(outcomes, Map.of());
    }

    /** A step that is at fault does not keep the others from being answered; what is nobody's fault gives them all up. */
    private Answers together(TaskRunner model, RgbImage image, List<StepSettings> steps, @Nullable Instant deadline) {
        Map<StepSettings, CompletableFuture<TaskOutcome>> asked = new LinkedHashMap<>();
        Map<StepSettings, TaskOutcome> outcomes = new LinkedHashMap<>();
        Map<StepSettings, RuntimeException> failures = new LinkedHashMap<>();
        try {
            for (StepSettings step : steps) {
                TaskInput input = input(image, step, List.of(), deadline);
                asked.put(step, submitWhenThereIsRoom(model, step, input, asked.values()));
            }
            asked.forEach((step, answer) -> {
                try {
                    outcomes.put(step, await(answer));
                } catch (RuntimeException e) {
                    if (!isOneStepsFault(e)) {
                        throw e;
                    }
                    failures.put(step, e);
                }
            });
        } finally {
            asked.values().forEach(answer -> answer.cancel(false));
        }
        return new Answers(outcomes, failures);
    }

    /**
     * An image may have more steps than the model lets wait, and others' may come in between: then the next one waits, for one of
     * its own to be answered or, with answers in hand that would be lost, for a while.
     */
    private CompletableFuture<TaskOutcome> submitWhenThereIsRoom(
            TaskRunner model, StepSettings step, TaskInput input, Collection<CompletableFuture<TaskOutcome>> earlier) {
        while (true) {
            // Looked at before: the room of one that ends meanwhile may be taken again by others.
            List<CompletableFuture<TaskOutcome>> open =
                    earlier.stream().filter(each -> !each.isDone()).toList();
            CompletableFuture<TaskOutcome> answer = submit(model, step, input);
            if (!isRefused(answer) || !isWorthWaiting(earlier) || isLate(input)) {
                return answer;
            }
            await(
                    open.isEmpty()
                            ? new CompletableFuture<>().completeOnTimeout(true, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                            : CompletableFuture.anyOf(open.toArray(CompletableFuture<?>[]::new))
                                    .handle((outcome, failure) -> true));
        }
    }

    private boolean isLate(TaskInput input) {
        Instant deadline = input.deadline();
        return deadline != null && !clock.instant().isBefore(deadline);
    }

    /** Whether there are answers, or will be, that count: what failed through nobody's fault gives them all up. */
    private static boolean isWorthWaiting(Collection<CompletableFuture<TaskOutcome>> earlier) {
        return !earlier.isEmpty() && earlier.stream().noneMatch(StepRunner::isGivenUp);
    }

    private static boolean isGivenUp(CompletableFuture<TaskOutcome> answer) {
        return answer.isCompletedExceptionally()
                && answer.handle((outcome, failure) ->
                                !(failure instanceof RuntimeException told && isOneStepsFault(told)))
                        .join();
    }

    private static boolean isRefused(CompletableFuture<TaskOutcome> answer) {
        return answer.isCompletedExceptionally()
                && answer.handle((outcome, failure) -> failure instanceof ModelBusyException)
                        .join();
    }

    private static CompletableFuture<TaskOutcome> submit(TaskRunner model, StepSettings step, TaskInput input) {
        return model.submit(step.task(), input).toCompletableFuture();
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ResourceExhaustedException("Stopped while the image was answered; it comes again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new ModelDefectException("The model failed: " + e.getCause(), e);
        }
    }

    private static boolean isOneStepsFault(RuntimeException failure) {
        ErrorCategory category = Failures.category(failure);
        return category == ErrorCategory.INVALID_INPUT || category == ErrorCategory.DEFECT;
    }

    private TaskInput input(
            RgbImage image, StepSettings step, List<TaskInput.Round> history, @Nullable Instant deadline) {
        Integer maxNewTokens = step.maxNewTokens();
        GenerationSettings settings = maxNewTokens == null ? generation : generation.withMaxNewTokens(maxNewTokens);
        return TaskInput.builder(image)
                .history(history)
                .prompt(step.prompt())
                .box(step.box())
                .headers(step.headers())
                .settings(settings)
                .share(pipeline.share())
                .deadline(deadline)
                .build();
    }

    /**
     * What came of asking.
     *
     * @param outcomes of the steps that were answered, in their order
     * @param failures of the others
     */
    record Answers(Map<StepSettings, TaskOutcome> outcomes, Map<StepSettings, RuntimeException> failures) {}
}
