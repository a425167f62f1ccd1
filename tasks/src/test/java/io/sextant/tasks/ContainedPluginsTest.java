package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.ResultSchema;
import io.sextant.tasks.spi.TaskAnswer;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A plugin whose code is at fault is named and left out, and a task whose code is at fault fails its own requests alone. */
class ContainedPluginsTest {
    private static final PluginCalls IMPATIENT = new PluginCalls(Duration.ofMillis(500));
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** What a plugin does wrong when it is asked to make its task, and what is told of it. */
    enum Fault {
        THROWS("no breath", () -> {
            throw new IllegalStateException("no breath");
        }),
        RETURNS_NULL("create returned null", () -> null),
        HANGS("did not come to an end", () -> {
            awaitUninterruptibly();
            return null;
        }),
        OTHER_VERSION("build it against this version", () -> {
            throw new NoSuchMethodError("TaskSettings.old()");
        }),
        LACKS_A_LIBRARY("put the missing jar beside it", () -> {
            throw new NoClassDefFoundError("org/example/Lib");
        }),
        STATIC_INITIALISER("could not say", () -> {
            throw new ExceptionInInitializerError("could not say");
        }),
        OVERFLOWS("StackOverflowError", () -> {
            throw new StackOverflowError();
        }),
        SCHEMA_THAT_IS_NONE("urn:example:whispers", Mumble::new),
        OTHER_NAME("descriptor says \"shout\"", () -> new ShoutTaskFactory().create(TaskSettings.none("shout")));

        private final String told;
        private final Supplier<VisionTask> making;

        Fault(String told, Supplier<VisionTask> making) {
            this.told = told;
            this.making = making;
        }
    }

    /** Says of its results what nobody can read. */
    private static final class Mumble implements VisionTask {
        @Override
        public TaskDescriptor descriptor() {
            return TaskDescriptor.builder("whisper")
                    .result(ResultSchema.custom("urn:example:whispers", "[1]"))
                    .build();
        }

        @Override
        public List<PromptSegment> prompt(TaskRequest request) {
            return List.of();
        }

        @Override
        public TaskResult parse(TaskAnswer answer, TaskRequest request) {
            return new TaskResult.Text(answer.text());
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    @Guarantee("TaskFactory 5")
    void aPluginAtFaultIsNamedAndLeftOutAndTheOthersGoOn(Fault fault) {
        TaskFactory broken = new Plugin("whisper", fault.making);
        try (CapturedLog log = CapturedLog.of(PluginDiscovery.class)) {
            TaskRegistry registry =
                    TaskRegistries.of(List.of(broken, new ShoutTaskFactory()), Map.of(), List.of(), IMPATIENT);

            assertThat(registry.tasks())
                    .extracting(task -> task.descriptor().name())
                    .containsExactly("shout");
            assertThat(registry.leftOut())
                    .singleElement()
                    .asString()
                    .contains(Plugin.class.getName())
                    .contains("\"whisper\"")
                    .contains(fault.told);
            assertThat(log.messages()).containsExactlyElementsOf(registry.leftOut());
            assertThatThrownBy(() -> registry.task("whisper"))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("There is no task \"whisper\"")
                    .hasMessageContaining(fault.told);
        }
    }

    @Test
    void aNameThatIsNoneIsTold() {
        TaskRegistry registry = TaskRegistries.of(
                List.of(new Plugin(null, () -> null), new Plugin("No Name", () -> null), new ShoutTaskFactory()),
                Map.of(),
                List.of());

        assertThat(registry.tasks()).hasSize(1);
        assertThat(registry.leftOut()).hasSize(2);
        assertThat(registry.leftOut().get(0)).contains("cannot say its name");
        assertThat(registry.leftOut().get(1)).contains("\"No Name\"", "lower-case letters and digits");
    }

    @Test
    void ofTwoTasksOfOneNameTheFirstCountsAndBothAreNamed() {
        Plugin second = new Plugin("shout", () -> new ShoutTaskFactory().create(TaskSettings.none("shout")));
        TaskRegistry registry = TaskRegistries.of(List.of(new ShoutTaskFactory(), second), Map.of(), List.of());

        assertThat(registry.tasks()).hasSize(1);
        assertThat(registry.leftOut())
                .singleElement()
                .asString()
                .contains("Two tasks are called \"shout\"")
                .contains(ShoutTaskFactory.class.getName())
                .contains(Plugin.class.getName());
    }

    @Test
    void threadsThatAPluginLeavesAreTold() {
        Plugin plugin = new Plugin("shout", () -> {
            Thread thread = new Thread(ContainedPluginsTest::awaitUninterruptibly, "left-behind");
            thread.setDaemon(true);
            thread.start();
            return new ShoutTaskFactory().create(TaskSettings.none("shout"));
        });
        try (CapturedLog log = CapturedLog.of(PluginCalls.class)) {
            TaskRegistry registry = TaskRegistries.of(List.of(plugin), Map.of(), List.of());

            assertThat(registry.task("shout")).isNotNull();
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains(Plugin.class.getName())
                    .contains("left-behind");
        }
    }

    @Test
    @Guarantee("TaskFactory 5")
    void aSettingThatIsWrongIsNoFaultOfThePlugin() {
        Plugin plugin = new Plugin("whisper", () -> {
            throw new ConfigurationException("volume=11 is too loud");
        });

        assertThatThrownBy(() -> TaskRegistries.of(List.of(plugin), Map.of(), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(Plugin.class.getName())
                .hasMessageContaining("volume=11 is too loud");
    }

    @Test
    void settingsOfAPluginThatIsLeftOutDoNotStopTheStart() {
        TaskRegistry registry = TaskRegistries.of(
                List.of(new Plugin("murmur", () -> null)), Map.of("murmur", Map.of("a", "b")), List.of());

        assertThat(registry.leftOut()).hasSize(1);
    }

    /** What a task does wrong when it reads an answer. */
    enum Reading {
        OTHER_VERSION(() -> {
            throw new NoSuchMethodError("TaskAnswer.old()");
        }),
        ASSERTS(() -> {
            throw new AssertionError("never");
        }),
        OVERFLOWS(() -> {
            throw new StackOverflowError();
        }),
        RETURNS_NULL(() -> null);

        private final Supplier<TaskResult> parse;

        Reading(Supplier<TaskResult> parse) {
            this.parse = parse;
        }
    }

    @ParameterizedTest
    @EnumSource(Reading.class)
    @Guarantee("VisionTask 6")
    void aTaskAtFaultFailsItsOwnRequestAlone(Reading reading) {
        TaskRunner runner = runner(reading.parse);

        assertThatThrownBy(() -> runner.run("whisper", words(null)))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("\"whisper\"")
                .hasMessageContaining("read an answer");
        CompletableFuture<TaskOutcome> submitted =
                runner.submit("whisper", words(null)).toCompletableFuture();
        assertThat(submitted).isCompletedExceptionally();
        assertThat(runner.run("shout", words(null)).text()).isEqualTo("hi");
    }

    @Test
    @Guarantee("VisionTask 7")
    void aTaskThatHangsMeetsItsDeadlineAndIsAtFault() {
        TaskRunner runner = runner(() -> {
            awaitUninterruptibly();
            return new TaskResult.Text("late");
        });

        assertThatThrownBy(() -> runner.run("whisper", words(Instant.now().plusMillis(50))))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining("\"whisper\"")
                .hasMessageContaining("hangs");
    }

    @Test
    @Guarantee("VisionTask 7")
    void aTaskThatEndsWhenItIsInterruptedIsLate() {
        TaskRunner runner = runner(() -> {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new TaskResult.Text("late");
        });

        assertThatThrownBy(() -> runner.run("whisper", words(Instant.now().plusMillis(50))))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("\"whisper\"");
    }

    @Test
    void aTaskWithADeadlineSeesTheClassesThatTheCallerSees() {
        ClassLoader loader = new ClassLoader(ContainedPluginsTest.class.getClassLoader()) {};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        TaskRunner runner = runner(
                () -> new TaskResult.Text(String.valueOf(Thread.currentThread().getContextClassLoader() == loader)));
        thread.setContextClassLoader(loader);
        try {
            assertThat(runner.run("whisper", words(Instant.now().plusSeconds(60)))
                            .result())
                    .isEqualTo(new TaskResult.Text("true"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static TaskRunner runner(Supplier<TaskResult> parse) {
        return new ModelTaskRunner(
                FakeVisionLanguageModel.answering("hi"),
                TaskRegistries.of(
                        List.of(new Plugin("whisper", () -> new Whisper(parse)), new ShoutTaskFactory()),
                        Map.of(),
                        List.of()));
    }

    private static TaskInput words(@Nullable Instant deadline) {
        return TaskInput.builder(null).prompt("hello").deadline(deadline).build();
    }

    /** What no interruption ends. */
    private static void awaitUninterruptibly() {
        while (NEVER.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @NullUnmarked
    private record Plugin(String name, Supplier<VisionTask> making) implements TaskFactory {
        @Override
        public VisionTask create(TaskSettings settings) {
            return making.get();
        }
    }

    private record Whisper(Supplier<TaskResult> reading) implements VisionTask {
        @Override
        public TaskDescriptor descriptor() {
            return TaskDescriptor.builder("whisper")
                    .prompt(InputNeed.REQUIRED)
                    .image(InputNeed.UNUSED)
                    .build();
        }

        @Override
        public List<PromptSegment> prompt(TaskRequest request) {
            return List.of(PromptSegment.userText(request.prompt()));
        }

        @Override
        public TaskResult parse(TaskAnswer answer, TaskRequest request) {
            return reading.get();
        }
    }
}
