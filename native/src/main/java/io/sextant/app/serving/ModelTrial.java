package io.sextant.app.serving;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.GenerationSettings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.StepSettings;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a model can take what the tasks and the pipelines will ask: each question is put to it as far as it is refused at once, for
 * instance because it is longer than the model's context. One is answered, by a single token, which shows that the model computes.
 */
final class ModelTrial {
    private static final int SIDE = 32;

    private final Toolkit toolkit;
    private final RgbImage blank = new RgbImage("trial", "0".repeat(64), SIDE, SIDE, 1, new byte[3 * SIDE * SIDE]);

    ModelTrial(Toolkit toolkit) {
        this.toolkit = toolkit;
    }

    /**
     * What a model refuses at once, and why; a question that any model would refuse, by how answers are configured, is among it.
     *
     * @return by the words for the question, in the order of tasks and pipelines
     */
    Map<String, String> refusals(OpenModel model) {
        Map<String, String> refusals = new LinkedHashMap<>();
        toolkit.registry().tasks().forEach(task -> {
            TaskDescriptor descriptor = task.descriptor();
            tell(refusals, "task \"" + descriptor.name() + "\"", model, descriptor.name(), example(descriptor));
        });
        for (PipelineSettings pipeline : toolkit.settings().pipelines()) {
            for (StepSettings step : pipeline.steps()) {
                String what = "step \"" + step.name() + "\" of the pipeline \"" + pipeline.name() + "\"";
                tell(refusals, what, model, step.task(), question(step));
            }
        }
        return refusals;
    }

    /**
     * @param known questions that the earlier model refused too
     * @throws UnusableModelException naming each other question that the model refuses, or saying that it does not answer
     */
    void requireUsable(OpenModel model, Set<String> known) {
        Map<String, String> refusals = refusals(model);
        refusals.keySet().removeAll(known);
        List<String> problems = new ArrayList<>();
        refusals.forEach((what, why) -> problems.add(what + ": " + why));
        if (problems.isEmpty()) {
            requireAnswer(problems, model.tasks());
        }
        if (!problems.isEmpty()) {
            throw new UnusableModelException(
                    "The model \"" + model.asked().name() + "\" cannot be used here: " + String.join(" ", problems),
                    null);
        }
    }

    private static void tell(Map<String, String> refusals, String what, OpenModel model, String task, TaskInput input) {
        CompletableFuture<TaskOutcome> answer = submit(model.tasks(), task, input);
        answer.cancel(false);
        Throwable failure = failure(answer);
        if (failure != null
                && !(failure instanceof CancellationException)
                && !(failure instanceof ModelBusyException)) {
            refusals.put(what, String.valueOf(failure.getMessage()));
        }
    }

    /** By the first task that wants an image; a registry without such has nothing to ask here. */
    private void requireAnswer(List<String> problems, TaskRunner tasks) {
        toolkit.registry().tasks().stream()
                .map(task -> task.descriptor())
                .filter(task -> task.imageNeed() == InputNeed.REQUIRED)
                .findFirst()
                .ifPresent(task -> {
                    GenerationSettings shortest = toolkit.settings()
                            .generation()
                            .withConstrained(false)
                            .withMaxNewTokens(1);
                    TaskInput input =
                            example(task).toBuilder().settings(shortest).build();
                    Throwable failure = failure(submit(tasks, task.name(), input));
                    if (failure != null) {
                        problems.add("it does not answer: " + failure.getMessage());
                    }
                });
    }

    private static CompletableFuture<TaskOutcome> submit(TaskRunner tasks, String task, TaskInput input) {
        try {
            return tasks.submit(task, input).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable Throwable failure(CompletableFuture<TaskOutcome> answer) {
        try {
            answer.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        } catch (CancellationException e) {
            return e;
        }
    }

    private TaskInput example(TaskDescriptor task) {
        String words = task.examplePrompt().isEmpty() ? "a" : task.examplePrompt();
        return TaskInput.builder(task.imageNeed() == InputNeed.UNUSED ? null : blank)
                .prompt(task.promptNeed() == InputNeed.UNUSED ? "" : words)
                .box(task.boxNeed() == InputNeed.UNUSED ? null : new PixelBox(0, 0, SIDE, SIDE))
                .headers(anyHeaders(task))
                .settings(toolkit.settings().generation())
                .build();
    }

    /** Any box stands for the step's, which may lie outside of the blank image; a box is always as long. */
    private TaskInput question(StepSettings step) {
        TaskDescriptor task = toolkit.registry().task(step.task()).descriptor();
        GenerationSettings settings = toolkit.settings().generation();
        Integer maxNewTokens = step.maxNewTokens();
        return TaskInput.builder(blank)
                .prompt(step.prompt())
                .box(step.box() == null ? null : new PixelBox(0, 0, SIDE, SIDE))
                .headers(anyHeaders(task))
                .settings(maxNewTokens == null ? settings : settings.withMaxNewTokens(maxNewTokens))
                .build();
    }

    /** What messages will bring is not known. */
    private static Map<String, String> anyHeaders(TaskDescriptor task) {
        Map<String, String> headers = new HashMap<>();
        task.headers().keySet().forEach(header -> headers.put(header, header));
        return headers;
    }
}
