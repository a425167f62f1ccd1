package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.TaskInput.Round;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.LocatedBox;
import io.sextant.tasks.spi.LocatedPhrase;
import io.sextant.tasks.spi.NextMove;
import io.sextant.tasks.spi.Step;
import io.sextant.tasks.spi.StepAnswer;
import io.sextant.tasks.spi.StepBudget;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import io.sextant.tasks.testkit.Guarantee;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that ask others. */
class CompositeTaskTest {
    private static final RgbImage IMAGE = new RgbImage("a.png", "ab".repeat(32), 200, 100, 1, new byte[200 * 100 * 3]);
    private static final TaskResult DONE = new TaskResult.Text("done");

    @Test
    @Guarantee("CompositeTask 1")
    void asksRoundAfterRoundAndHandsOnAllAnswersInTheirOrder() {
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> "to " + question(request));
        TaskOutcome outcome = runner(model, answers -> switch (answers.size()) {
                    case 0 -> NextMove.ask(Step.of("chat", "one"), Step.of("chat", "two"));
                    case 2 -> NextMove.ask(Step.of("chat", answers.get(1).text() + "!"));
                    default -> NextMove.finish(texts(answers), DONE);
                })
                .run("look", TaskInput.about(IMAGE, "words"));

        assertThat(outcome.text()).isEqualTo("to one|to two|to to two!");
        assertThat(outcome.result()).isEqualTo(DONE);
        assertThat(outcome.task()).isEqualTo("look");
        assertThat(outcome.prompt()).isEqualTo("words");
        assertThat(outcome.promptTokens()).isEqualTo(900);
        assertThat(outcome.generatedTokens()).isEqualTo("to oneto twoto to two!".length());
        assertThat(outcome.timings().encode()).hasMillis(9);
    }

    @Test
    @Guarantee("CompositeTask 2")
    void stepsAboutTheWholeImageShareIt() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("x");
        runner(model, twoQuestions()).run("look", TaskInput.about(IMAGE, ""));

        assertThat(model.requests())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.images()).singleElement().isSameAs(IMAGE));
    }

    @Test
    @Guarantee("CompositeTask 3")
    void looksCloserAndPutsBoxesBackIntoTheWhole() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("<p>a cup</p> {<0><0><50><100>}");
        List<StepAnswer> seen = new ArrayList<>();
        runner(model, answers -> {
                    seen.addAll(answers);
                    return answers.isEmpty()
                            ? NextMove.ask(Step.of("detection", "cups").lookingAt(new PixelBox(100, 20, 140, 60), 0.25))
                            : NextMove.finish("", answers.get(0).result());
                })
                .run("look", TaskInput.about(IMAGE, ""));

        RgbImage part = model.requests().get(0).images().get(0);
        assertThat(part.width()).isEqualTo(60);
        assertThat(part.height()).isEqualTo(60);
        assertThat(part.digest()).matches("[0-9a-f]{64}").isNotEqualTo(IMAGE.digest());
        PixelBox whole = new PixelBox(90, 10, 120, 70);
        assertThat(seen)
                .singleElement()
                .satisfies(answer -> assertThat(answer.result())
                        .isEqualTo(new TaskResult.Phrases(
                                "a cup",
                                List.of(new LocatedPhrase(
                                        "a cup",
                                        List.of(new LocatedBox(
                                                new BinBox(45, 10, 60, 70),
                                                whole,
                                                boxOf(answer).confidence())),
                                        phraseOf(answer).confidence())),
                                List.of())));
    }

    private static LocatedPhrase phraseOf(StepAnswer answer) {
        return ((TaskResult.Phrases) answer.result()).phrases().get(0);
    }

    private static LocatedBox boxOf(StepAnswer answer) {
        return phraseOf(answer).boxes().get(0);
    }

    @Test
    void aBoxIsInPixelsOfTheWholeForTheStepToo() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("a cup");
        runner(
                        model,
                        answers -> answers.isEmpty()
                                ? NextMove.ask(Step.of("identify", "")
                                        .about(new PixelBox(100, 50, 150, 100))
                                        .lookingAt(new PixelBox(100, 0, 200, 100), 0))
                                : NextMove.finish("", DONE))
                .run("look", TaskInput.about(IMAGE, ""));

        assertThat(model.lastQuestion()).contains("{<0><50><50><100>}");
    }

    @Test
    @Guarantee("CompositeTask 6")
    void theIdDependsOnEveryStep() {
        TaskInput input = TaskInput.about(IMAGE, "");
        Function<String, String> usual = question -> "an answer";
        String id = id(usual, Map.of(), input);

        assertThat(id(usual, Map.of(), input)).isEqualTo(id).matches("[0-9a-f]{64}");
        assertThat(List.of(
                        id(usual, Map.of("caption", Map.of("default-prompt", "say")), input),
                        id(question -> "another", Map.of(), input),
                        id(usual, Map.of(), TaskInput.about(IMAGE, "words")),
                        id(usual, Map.of(), inputOf(GenerationSettings.DEFAULT.withMaxNewTokens(9)))))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    private static String id(
            Function<String, String> model, Map<String, Map<String, String>> settings, TaskInput input) {
        return runner(
                        new FakeVisionLanguageModel(request -> model.apply(question(request))),
                        StepBudget.DEFAULT,
                        settings,
                        answers -> switch (answers.size()) {
                            case 0 -> NextMove.ask(Step.of("caption", ""));
                            case 1 ->
                                NextMove.ask(Step.of("chat", answers.get(0).text()));
                            default -> NextMove.finish("", DONE);
                        })
                .run("look", input)
                .id();
    }

    private static TaskInput inputOf(GenerationSettings settings) {
        return TaskInput.builder(IMAGE).settings(settings).build();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 9, 99, '3 steps, over its 2'",
        "9, 1, 99, '2 parts of the image, over its 1'",
        "9, 9, 2, 3 more steps when 0 of its 2 tokens",
    })
    @Guarantee("CompositeTask 4")
    void aTaskThatAsksBeyondItsBudgetIsADefectOfItsAuthor(int steps, int parts, int tokens, String what) {
        PixelBox part = new PixelBox(0, 0, 9, 9);
        StepBudget budget = new StepBudget(steps, parts, tokens, Duration.ofMinutes(1));
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("x");
        TaskRunner runner = runner(
                model,
                budget,
                Map.of(),
                answers -> NextMove.ask(
                        Step.of("chat", "a"),
                        Step.of("chat", "b").lookingAt(part, 0),
                        Step.of("chat", "c").lookingAt(part, 0)));

        assertThatThrownBy(() -> runner.run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("\"look\"")
                .hasMessageContaining(what);
        assertThat(model.requests()).isEmpty();
    }

    @Test
    @Guarantee("CompositeTask 4")
    void stepsOfARoundShareTheTokensThatAreLeft() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("four");
        StepBudget budget = new StepBudget(9, 0, 20, Duration.ofMinutes(1));
        runner(model, budget, Map.of(), answers -> switch (answers.size()) {
                    case 0 -> NextMove.ask(Step.of("chat", "a"), Step.of("chat", "b"));
                    case 2 -> NextMove.ask(Step.of("chat", "c"));
                    default -> NextMove.finish("", DONE);
                })
                .run("look", inputOf(GenerationSettings.DEFAULT.withMaxNewTokens(11)));

        assertThat(model.requests())
                .extracting(request -> request.settings().maxNewTokens())
                .containsExactly(10, 10, 11);
    }

    @Test
    @Guarantee("CompositeTask 4")
    void stepsHaveTheEarlierOfBothDeadlines() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("x");
        Instant soon = Instant.now().plusSeconds(5);
        TaskInput hasty = TaskInput.builder(IMAGE).deadline(soon).build();
        runner(model, twoQuestions()).run("look", hasty);
        Instant before = Instant.now();
        runner(model, twoQuestions()).run("look", TaskInput.about(IMAGE, ""));

        assertThat(model.requests()).extracting(GenerationRequest::deadline).startsWith(soon, soon);
        assertThat(model.requests().get(2).deadline())
                .isBetween(before.plus(StepBudget.DEFAULT.time()), Instant.now().plus(StepBudget.DEFAULT.time()));
    }

    @Test
    @Guarantee("CompositeTask 5")
    void aStepThatFailsFailsTheRequestWithItsOwnErrorAndEndsTheOthers() {
        HeldModel model = new HeldModel();
        CompletableFuture<TaskOutcome> outcome = runner(model, twoQuestions())
                .submit("look", TaskInput.about(IMAGE, ""))
                .toCompletableFuture();
        model.answers.get(1).completeExceptionally(new ModelBusyException("too many"));

        assertThat(outcome).isCompletedExceptionally();
        assertThat(outcome.handle((result, failure) -> failure).join()).isInstanceOf(ModelBusyException.class);
        assertThat(model.answers.get(0)).isCancelled();
    }

    @Test
    void aStepThatSomebodyElseGivesUpEndsTheRequest() {
        HeldModel model = new HeldModel();
        CompletableFuture<TaskOutcome> outcome = runner(model, twoQuestions())
                .submit("look", TaskInput.about(IMAGE, ""))
                .toCompletableFuture();
        model.answers.get(0).cancel(false);

        assertThat(outcome).isCompletedExceptionally();
        assertThat(model.answers.get(1)).isCancelled();
    }

    @Test
    void aStepForWhichThereIsNoRoomWaitsForOneOfItsRound() {
        HeldModel model = new HeldModel();
        model.mostOpen = 1;
        CompletableFuture<TaskOutcome> outcome = runner(model, twoQuestions())
                .submit("look", TaskInput.about(IMAGE, ""))
                .toCompletableFuture();
        assertThat(model.answers).hasSize(1);
        model.answer(0, "one");
        assertThat(model.answers).hasSize(2);
        model.answer(1, "two");

        assertThat(outcome.join().text()).isEqualTo("one|two");
    }

    @Test
    void aStepForWhichThereIsNoRoomWaitsWhereOthersTookThatOfItsRound() {
        AtomicInteger calls = new AtomicInteger();
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> {
            if (Set.of(2, 3).contains(calls.incrementAndGet())) {
                throw new ModelBusyException("no room");
            }
            return question(request);
        });

        assertThat(runner(model, twoQuestions()).run("look", TaskInput.about(IMAGE, "")))
                .extracting(TaskOutcome::text)
                .isEqualTo("one|two");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aStepOfALaterRoundForWhichThereIsNoRoomWaits() {
        AtomicInteger calls = new AtomicInteger();
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> {
            if (Set.of(2, 3).contains(calls.incrementAndGet())) {
                throw new ModelBusyException("no room");
            }
            return question(request);
        });

        assertThat(runner(model, twoRounds()).run("look", TaskInput.about(IMAGE, "")))
                .extracting(TaskOutcome::text)
                .isEqualTo("one|two");
        assertThat(calls).hasValue(4);
    }

    @Test
    void aFirstStepForWhichThereIsNoRoomIsRefused() {
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> {
            throw new ModelBusyException("no room");
        });

        assertThatThrownBy(() -> runner(model, twoRounds()).run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(ModelBusyException.class);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void aStepWaitsForRoomUntilTheDeadline() {
        AtomicInteger calls = new AtomicInteger();
        FakeVisionLanguageModel model = new FakeVisionLanguageModel(request -> {
            if (calls.incrementAndGet() > 1) {
                throw new ModelBusyException("no room");
            }
            return "one";
        });
        TaskInput hasty =
                TaskInput.builder(IMAGE).deadline(Instant.now().plusSeconds(1)).build();

        assertThatThrownBy(() -> runner(model, twoRounds()).run("look", hasty)).isInstanceOf(ModelBusyException.class);
        assertThat(calls).as("no more often than it pauses").hasValueBetween(2, 15);
    }

    @Test
    void aStepThatCannotBeAskedOnceThereIsRoomFailsTheRequest() {
        HeldModel model = new HeldModel();
        model.mostOpen = 1;
        CompletableFuture<TaskOutcome> outcome = runner(model, twoQuestions())
                .submit("look", TaskInput.about(IMAGE, ""))
                .toCompletableFuture();
        model.failure = new NoClassDefFoundError("told to");
        model.answer(0, "one");

        assertThat(outcome).isCompletedExceptionally();
        assertThat(outcome.handle((result, failure) -> failure).join()).hasMessage("told to");
    }

    @Test
    void cancellingEndsTheStepsThatAreUnderWay() {
        HeldModel model = new HeldModel();
        runner(model, twoQuestions())
                .submit("look", TaskInput.about(IMAGE, ""))
                .toCompletableFuture()
                .cancel(false);

        assertThat(model.answers).hasSize(2).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void aStepThatLacksWhatItsTaskNeedsIsRefused() {
        TaskRunner runner =
                runner(FakeVisionLanguageModel.answering("x"), answers -> NextMove.ask(Step.of("detection", "")));

        assertThatThrownBy(() -> runner.run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"detection\" needs a prompt");
    }

    @Test
    void aTaskThatCannotSayWhatComesNextIsADefectOfItsAuthor() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("x");
        assertThatThrownBy(() -> runner(model, answers -> {
                            throw new IllegalStateException("lost");
                        })
                        .run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("failed to say what comes after 0 answers")
                .hasRootCauseMessage("lost");
        assertThatThrownBy(() -> runner(model, new Nothing()).run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(TaskDefectException.class)
                .hasRootCauseMessage("next returned null");
        assertThatThrownBy(() -> runner(model, answers -> NextMove.ask(Step.of("vqa", "why?")))
                        .run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("asks the task \"vqa\", which is not among those");
        assertThatThrownBy(() -> runner(
                                model,
                                answers ->
                                        NextMove.ask(Step.of("chat", "?").lookingAt(new PixelBox(500, 0, 600, 9), 1)))
                        .run("look", TaskInput.about(IMAGE, "")))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("failed to look at a part of the image");
    }

    @Test
    void aListenerHearsTheTextAtTheEnd() {
        List<String> heard = new ArrayList<>();
        TaskRunner runner = runner(new FakeVisionLanguageModel(CompositeTaskTest::question), twoQuestions());
        runner.run("look", TaskInput.builder(IMAGE).listener(heard::add).build());

        assertThat(heard).containsExactly("one|two");
    }

    @Test
    void earlierRoundsAreLeftOutAndToldSo() {
        FakeVisionLanguageModel model = FakeVisionLanguageModel.answering("x");
        TaskRunner runner = runner(model, twoQuestions());
        List<Round> rounds = List.of(new Round("look", "", null, "seen"), new Round("chat", "why?", null, "so"));
        TaskInput input = TaskInput.builder(IMAGE).history(rounds).build();

        assertThat(runner.run("look", input).droppedTurns()).isEqualTo(2);
        assertThat(model.requests())
                .hasSize(2)
                .allMatch(request -> request.turns().size() == 1);
        runner.run(
                "chat", TaskInput.builder(IMAGE).history(rounds).prompt("and?").build());
        assertThat(model.requests().get(2).turns()).hasSize(2);
    }

    @Test
    void isAskedTogetherWithOthers() {
        TaskRunner runner = runner(new FakeVisionLanguageModel(CompositeTaskTest::question), twoQuestions());

        assertThat(runner.runAll(List.of(
                        new TaskCall("chat", TaskInput.about(IMAGE, "first")),
                        new TaskCall("look", TaskInput.about(IMAGE, "")),
                        new TaskCall("chat", TaskInput.about(IMAGE, "last")))))
                .extracting(TaskOutcome::text)
                .containsExactly("first", "one|two", "last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dream", "read-each"})
    void isLeftOutWhereItAsksATaskThereIsNotOrOneOfSeveralSteps(String asked) {
        TaskRegistry registry = registry(new Look(Set.of(asked), StepBudget.DEFAULT, twoQuestions()), Map.of());

        assertThat(registry.leftOut()).singleElement().asString().contains("\"look\"", "asks [" + asked + "]");
        assertThat(registry.tasks())
                .extracting(task -> task.descriptor().name())
                .doesNotContain("look");
    }

    private static Function<List<StepAnswer>, NextMove> twoQuestions() {
        return answers -> answers.isEmpty()
                ? NextMove.ask(Step.of("chat", "one"), Step.of("chat", "two"))
                : NextMove.finish(texts(answers), DONE);
    }

    private static Function<List<StepAnswer>, NextMove> twoRounds() {
        return answers -> switch (answers.size()) {
            case 0 -> NextMove.ask(Step.of("chat", "one"));
            case 1 -> NextMove.ask(Step.of("chat", "two"));
            default -> NextMove.finish(texts(answers), DONE);
        };
    }

    private static String texts(List<StepAnswer> answers) {
        return answers.stream().map(StepAnswer::text).collect(Collectors.joining("|"));
    }

    private static String question(GenerationRequest request) {
        return FakeVisionLanguageModel.write(
                request.turns().get(request.turns().size() - 1).question());
    }

    private static TaskRunner runner(VisionLanguageModel model, Function<List<StepAnswer>, NextMove> next) {
        return runner(model, StepBudget.DEFAULT, Map.of(), next);
    }

    private static TaskRunner runner(
            VisionLanguageModel model,
            StepBudget budget,
            Map<String, Map<String, String>> settings,
            Function<List<StepAnswer>, NextMove> next) {
        Set<String> asks = Set.of("chat", "caption", "detection", "identify");
        return new ModelTaskRunner(model, registry(new Look(asks, budget, next), settings));
    }

    private static TaskRegistry registry(Look look, Map<String, Map<String, String>> settings) {
        List<TaskFactory> factories = new ArrayList<>(TaskRegistries.factories(CompositeTask.class.getClassLoader()));
        factories.removeIf(factory -> factory.name().equals("look"));
        factories.add(look);
        return TaskRegistries.of(factories, settings, List.of());
    }

    /** A composite in one: factory and task. */
    private record Look(Set<String> asks, StepBudget budget, Function<List<StepAnswer>, NextMove> steps)
            implements TaskFactory, CompositeTask {
        @Override
        public String name() {
            return "look";
        }

        @Override
        public VisionTask create(TaskSettings settings) {
            return this;
        }

        @Override
        public TaskDescriptor descriptor() {
            return TaskDescriptor.builder("look")
                    .prompt(InputNeed.OPTIONAL)
                    .budget(budget)
                    .build();
        }

        @Override
        public NextMove next(TaskRequest request, List<StepAnswer> answers) {
            return steps.apply(answers);
        }
    }

    @NullUnmarked
    private static final class Nothing implements Function<List<StepAnswer>, NextMove> {
        @Override
        public NextMove apply(List<StepAnswer> answers) {
            return null;
        }
    }

    /** Answers when it is told to. */
    private static final class HeldModel implements VisionLanguageModel {
        final List<CompletableFuture<GenerationResult>> answers = new ArrayList<>();
        int mostOpen = Integer.MAX_VALUE;

        @Nullable
        Error failure;

        void answer(int index, String text) {
            answers.get(index)
                    .complete(GenerationResult.builder(text).promptTokens(1).build());
        }

        @Override
        public ModelInfo info() {
            return FakeVisionLanguageModel.answering("").info();
        }

        @Override
        public CompletionStage<GenerationResult> submit(GenerationRequest request) {
            if (failure != null) {
                throw failure;
            }
            if (answers.stream().filter(each -> !each.isDone()).count() >= mostOpen) {
                return CompletableFuture.failedFuture(new ModelBusyException("no room"));
            }
            CompletableFuture<GenerationResult> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        }

        @Override
        public void close() {}
    }
}
