package io.sextant.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.SettingsReader;
import io.sextant.routes.config.SextantSettings;
import io.sextant.tasks.ModelTaskRunner;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import io.smallrye.config.PropertiesConfigSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked about one image is asked of one model, for which the image may have to wait. */
final class StepRunnerTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final SextantSettings settings = SettingsReader.withSources(List.of(new PropertiesConfigSource(
            Map.of(
                    "sextant.pipelines.shop.from", "file:in",
                    "sextant.pipelines.shop.deadline", "10s",
                    "sextant.pipelines.shop.steps[0].task", "caption",
                    "sextant.pipelines.shop.steps[1].task", "grounding"),
            "test",
            100)));
    private final RgbImage image = new RgbImage("a", "0".repeat(64), 1, 1, 1, new byte[3]);
    private final MovedClock clock = new MovedClock();
    private final Exchanged tasks = new Exchanged();
    private final StepRunner runner = new StepRunner(
            tasks, GenerationSettings.DEFAULT, settings.pipelines().get(0), clock);
    private final StepPlan plan = new StepPlan(settings.pipelines().get(0).steps(), false);

    @Test
    void asksAllStepsInOneSessionAndEndsIt() {
        StepRunner.Answers answers = runner.answer(image, plan);
        assertThat(answers.failures()).hasSize(2);
        assertThat(tasks.told).containsExactly("begin", "caption", "grounding", "end");
    }

    @Test
    void asksTheTurnsOfAConversationInOneSessionToo() {
        runner.answer(image, new StepPlan(plan.steps(), true));
        assertThat(tasks.told).containsExactly("begin", "caption", "end");
    }

    @Test
    void endsTheSessionWhereTheModelIsShortOfSomething() {
        tasks.failure = new ResourceExhaustedException("no memory");
        assertThatThrownBy(() -> runner.answer(image, plan)).isSameAs(tasks.failure);
        assertThat(tasks.told).startsWith("begin").endsWith("end");
    }

    @Test
    void countsTheDeadlineFromWhenThereIsAModelToAsk() {
        tasks.wait = Duration.ofMinutes(5);
        runner.answer(image, plan);
        assertThat(tasks.deadlines)
                .containsOnly(BEGIN.plus(Duration.ofMinutes(5)).plusSeconds(10));
    }

    /** Those of other images have taken the room by then. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForRoomWithTheAnswersThatItHas(boolean isConversation) {
        AtomicInteger calls = new AtomicInteger();
        ScriptedModel model = new ScriptedModel(request -> {
            if (Set.of(2, 3).contains(calls.incrementAndGet())) {
                throw new ModelBusyException("full");
            }
            return "answer " + calls;
        });

        StepRunner.Answers answers = asking(model).answer(image, new StepPlan(plan.steps(), isConversation));

        assertThat(answers.failures()).isEmpty();
        assertThat(answers.outcomes().values()).extracting(TaskOutcome::text).containsExactly("answer 1", "answer 4");
    }

    @Test
    void waitsForNoRoomWhereItHasNoAnswerYet() {
        AtomicInteger calls = new AtomicInteger();
        StepRunner busy = asking(new ScriptedModel(request -> {
            calls.incrementAndGet();
            throw new ModelBusyException("full");
        }));

        assertThatThrownBy(() -> busy.answer(image, plan)).isInstanceOf(ModelBusyException.class);
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForRoomUntilTheDeadline(boolean isConversation) {
        AtomicInteger calls = new AtomicInteger();
        StepRunner busy = asking(new ScriptedModel(request -> {
            if (calls.incrementAndGet() == 1) {
                return "answer";
            }
            clock.now = clock.now.plusSeconds(4);
            throw new ModelBusyException("full");
        }));

        assertThatThrownBy(() -> busy.answer(image, new StepPlan(plan.steps(), isConversation)))
                .isInstanceOf(ModelBusyException.class);
        assertThat(calls).as("at 0, 0, 4 and 8 of 10 seconds").hasValue(4);
    }

    @Test
    void waitsForRoomUntilItIsStopped() {
        AtomicInteger calls = new AtomicInteger();
        StepRunner busy = asking(new ScriptedModel(request -> {
            if (calls.incrementAndGet() == 1) {
                return "answer";
            }
            Thread.currentThread().interrupt();
            throw new ModelBusyException("full");
        }));

        assertThatThrownBy(() -> busy.answer(image, plan))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("it comes again");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).hasValue(2);
    }

    /** The image comes again anyway. */
    @Test
    void waitsForNoRoomWhereAnotherStepHasFailedThroughNobodysFault() {
        AtomicInteger calls = new AtomicInteger();
        ResourceExhaustedException failure = new ResourceExhaustedException("no memory");
        StepRunner busy = asking(new ScriptedModel(request -> {
            throw calls.incrementAndGet() == 1 ? failure : new ModelBusyException("full");
        }));

        assertThatThrownBy(() -> busy.answer(image, plan)).isSameAs(failure);
        assertThat(calls).hasValue(2);
    }

    private StepRunner asking(VisionLanguageModel model) {
        return new StepRunner(
                new ModelTaskRunner(model, settings.taskRegistry()),
                GenerationSettings.DEFAULT,
                settings.pipelines().get(0),
                clock);
    }

    /** Answers in sessions alone, and those not. */
    private final class Exchanged implements TaskRunner {
        private final List<String> told = new ArrayList<>();
        private final List<Instant> deadlines = new ArrayList<>();
        private RuntimeException failure = new InvalidRequestException("this one is at fault");
        private Duration wait = Duration.ZERO;

        @Override
        public TaskSession session() {
            told.add("begin");
            clock.now = clock.now.plus(wait);
            return new TaskSession(new Asked(), () -> told.add("end"));
        }

        @Override
        public TaskOutcome run(String task, TaskInput input) {
            throw new AssertionError("asked outside of a session");
        }

        @Override
        public TaskRegistry registry() {
            return settings.taskRegistry();
        }

        private final class Asked implements TaskRunner {
            @Override
            public CompletionStage<TaskOutcome> submit(String task, TaskInput input) {
                told.add(task);
                deadlines.add(input.deadline());
                return CompletableFuture.failedFuture(failure);
            }

            @Override
            public TaskOutcome run(String task, TaskInput input) {
                throw new AssertionError("not asked side by side");
            }

            @Override
            public TaskRegistry registry() {
                return Exchanged.this.registry();
            }
        }
    }

    private static final class MovedClock extends Clock {
        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
