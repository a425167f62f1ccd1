package io.sextant.tasks;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationSettings;
import io.sextant.core.Timings;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.image.ImageRegion;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.StepBudget;
import io.sextant.tasks.spi.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * One request to a task in several steps: asks round after round, within the budget. Rounds come one after another, so that its state is
 * one thread's at a time.
 */
final class CompositeRun {
    /** How long a step waits before it asks a model again that is full of others' requests. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CompositeTask task;
    private final String name;
    private final StepBudget budget;
    private final TaskInput input;
    private final TaskRequest request;
    private final BiFunction<String, TaskInput, CompletableFuture<TaskOutcome>> steps;
    private final Instant deadline;
    private final CompletableFuture<Found> found = new CompletableFuture<>();
    private final List<StepAnswer> answers = new ArrayList<>();
    private final List<TaskOutcome> outcomes = new ArrayList<>();
    private int parts;
    private int tokens;

    /**
     * What all steps found.
     *
     * @param finish what the task made of it
     * @param outcomes of the steps, in the order they were asked for
     */
    record Found(NextMove.Finish finish, List<TaskOutcome> outcomes) {
        Found {
            Objects.requireNonNull(finish, "finish");
            outcomes = List.copyOf(outcomes);
        }

        List<String> ids() {
            return outcomes.stream().map(TaskOutcome::id).toList();
        }

        int promptTokens() {
            return outcomes.stream().mapToInt(TaskOutcome::promptTokens).sum();
        }

        int generatedTokens() {
            return outcomes.stream().mapToInt(TaskOutcome::generatedTokens).sum();
        }

        FinishReason finishReason() {
            return outcomes.stream().anyMatch(outcome -> outcome.finishReason() == FinishReason.LENGTH)
                    ? FinishReason.LENGTH
                    : FinishReason.END_OF_SEQUENCE;
        }

        Timings timings() {
            return outcomes.stream().map(TaskOutcome::timings).reduce(Timings.NONE, Found::sum);
        }

        private static Timings sum(Timings one, Timings other) {
            return new Timings(
                    one.encode().plus(other.encode()),
                    one.prefill().plus(other.prefill()),
                    one.decode().plus(other.decode()));
        }
    }

    /** @param steps asks a task that takes one step */
    CompositeRun(
            CompositeTask task,
            TaskInput input,
            TaskRequest request,
            BiFunction<String, TaskInput, CompletableFuture<TaskOutcome>> steps) {
        this.task = task;
        this.name = task.descriptor().name();
        this.budget = task.descriptor().budget();
        this.input = input;
        this.request = request;
        this.steps = steps;
        Instant own = Instant.now().plus(budget.time());
        Instant asked = input.deadline();
        this.deadline = asked != null && asked.isBefore(own) ? asked : own;
    }

    /** Begins; cancelling the future ends the steps that are under way. */
    CompletableFuture<Found> start() {
        goOn();
        return found;
    }

    private void goOn() {
        try {
            NextMove move = move();
            if (move instanceof NextMove.Finish finish) {
                found.complete(new Found(finish, outcomes));
            } else if (move instanceof NextMove.Ask ask) {
                ask(ask.steps());
            }
        } catch (RuntimeException | Error e) {
            found.completeExceptionally(e);
        }
    }

    private NextMove move() {
        List<StepAnswer> known = List.copyOf(answers);
        return TaskCode.call(
                task,
                "say what comes after " + known.size() + " answers",
                "next",
                deadline,
                () -> task.next(request, known));
    }

    private void ask(List<Step> round) {
        List<TaskInput> inputs = new ArrayList<>();
        GenerationSettings settings = settings(round);
        for (Step step : round) {
            inputs.add(input(step, settings));
        }
        List<CompletableFuture<TaskOutcome>> asked = new ArrayList<>();
        for (int i = 0; i < round.size() && !found.isDone(); i++) {
            asked.add(ask(round.get(i), inputs.get(i), List.copyOf(asked)));
        }
        CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).whenComplete((nothing, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (!found.isDone()) {
                addAll(round, asked);
            }
        });
    }

    private void addAll(List<Step> round, List<CompletableFuture<TaskOutcome>> asked) {
        try {
            for (int i = 0; i < round.size(); i++) {
                add(round.get(i), asked.get(i).join());
            }
        } catch (RuntimeException | Error e) {
            found.completeExceptionally(e);
            return;
        }
        goOn();
    }

    /**
     * A round may have more steps than the model lets wait, and others' may come in between: then the next one waits, for one of
     * its own to be answered or, with answers in hand that would be lost, for a while.
     */
    private CompletableFuture<TaskOutcome> ask(
            Step step, TaskInput question, List<CompletableFuture<TaskOutcome>> earlier) {
        // Looked at before: the room of one that ends meanwhile may be taken again by others.
        CompletableFuture<?>[] open =
                earlier.stream().filter(other -> !other.isDone()).toArray(CompletableFuture[]::new);
        CompletableFuture<TaskOutcome> answer = steps.apply(step.task(), question);
        boolean isWorthWaiting = !(earlier.isEmpty() && answers.isEmpty());
        if (isWorthWaiting && isRefused(answer) && Instant.now().isBefore(deadline)) {
            return room(open)
                    .handle((outcome, failure) -> found.isDone())
                    .thenCompose(isOver -> isOver
                            ? CompletableFuture.failedFuture(new CancellationException())
                            : ask(step, question, earlier));
        }
        answer.whenComplete((outcome, failure) -> {
            if (failure != null) {
                fail(failure);
            }
        });
        found.whenComplete((result, failure) -> answer.cancel(false));
        return answer;
    }

    private static CompletableFuture<?> room(CompletableFuture<?>[] open) {
        return open.length == 0
                ? CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS))
                : CompletableFuture.anyOf(open);
    }

    private static boolean isRefused(CompletableFuture<TaskOutcome> answer) {
        return answer.isCompletedExceptionally()
                && answer.handle((outcome, failure) -> failure instanceof ModelBusyException)
                        .join();
    }

    /** The first failure counts; the others of the round are given up for it. */
    private void fail(Throwable failure) {
        found.completeExceptionally(
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
    }

    private void add(Step step, TaskOutcome outcome) {
        RgbImage image = input.image();
        outcomes.add(outcome);
        tokens += outcome.generatedTokens();
        answers.add(new StepAnswer(
                step,
                outcome.text(),
                step.part() == null || image == null
                        ? outcome.result()
                        : RegionResult.toWhole(outcome.result(), region(step, image)),
                outcome.finishReason()));
    }

    private GenerationSettings settings(List<Step> round) {
        int wanted = answers.size() + round.size();
        parts += (int) round.stream().filter(step -> step.part() != null).count();
        if (wanted > budget.steps()) {
            throw overBudget(wanted + " steps, over its " + budget.steps());
        }
        if (parts > budget.parts()) {
            throw overBudget(parts + " parts of the image, over its " + budget.parts());
        }
        int each = (budget.tokens() - tokens) / round.size();
        if (each < 1) {
            throw overBudget(
                    round.size() + " more steps when " + tokens + " of its " + budget.tokens() + " tokens are written");
        }
        GenerationSettings asked = input.settings();
        return asked.withMaxNewTokens(Math.min(asked.maxNewTokens(), each));
    }

    private TaskDefectException overBudget(String what) {
        return new TaskDefectException(
                "The task \"" + name + "\" (" + task.getClass().getName() + ") asks for " + what
                        + "; report it to the task's author, who says in its descriptor's budget what it takes.",
                null);
    }

    private TaskInput input(Step step, GenerationSettings settings) {
        if (!task.asks().contains(step.task())) {
            throw new TaskDefectException(
                    "The task \"" + name + "\" (" + task.getClass().getName() + ") asks the task \"" + step.task()
                            + "\", which is not among those it says it asks, " + task.asks()
                            + "; report it to the task's author.",
                    null);
        }
        RgbImage whole = input.image();
        PixelBox box = step.box();
        if (step.part() == null) {
            return TaskInput.builder(whole)
                    .prompt(step.prompt())
                    .headers(step.headers())
                    .box(box == null || whole == null ? box : within(whole, box))
                    .settings(settings)
                    .share(input.share())
                    .deadline(deadline)
                    .build();
        }
        if (whole == null) {
            throw new InvalidRequestException(
                    "Task \"" + name + "\" looks at a part of the image, and there is none; add it.");
        }
        ImageRegion region = region(step, whole);
        RgbImage part = region.image();
        return TaskInput.builder(part)
                .prompt(step.prompt())
                .headers(step.headers())
                .box(box == null ? null : within(part, region.toPart(box)))
                .settings(settings)
                .share(input.share())
                .deadline(deadline)
                .build();
    }

    /** A box may be as the model wrote it, on the image's very edge, where no pixel is: then it gets the pixel before it. */
    private static PixelBox within(RgbImage image, PixelBox box) {
        return new PixelBox(
                box.xMin() < image.width() ? box.xMin() : image.width() - 1,
                box.yMin() < image.height() ? box.yMin() : image.height() - 1,
                box.xMax() > 0 ? box.xMax() : 1,
                box.yMax() > 0 ? box.yMax() : 1);
    }

    private ImageRegion region(Step step, RgbImage whole) {
        try {
            return ImageRegion.around(whole, Objects.requireNonNull(step.part()), step.margin());
        } catch (IllegalArgumentException e) {
            throw TaskCode.defect(task, "look at a part of the image", e);
        }
    }
}
