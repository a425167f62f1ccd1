package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskAnswer;
import io.sextant.tasks.spi.TaskDescriptor;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskRequest;
import io.sextant.tasks.spi.TaskResult;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import io.sextant.tasks.testkit.FakeVisionLanguageModel;
import io.sextant.tasks.testkit.Guarantee;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which methods of a plugin are called when, and how often. */
class PluginCallOrderTest {
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger INSIDE = new AtomicInteger();

    @BeforeEach
    void forget() {
        CALLS.clear();
    }

    @Test
    @Guarantee({"TaskFactory 1", "TaskFactory 2", "TaskFactory 3", "TaskFactory 4", "VisionTask 3"})
    void aFactoryIsMadeOnceAskedItsNameFirstAndForItsTaskOnce(@TempDir Path jar) throws IOException {
        Path service = jar.resolve("META-INF/services/" + TaskFactory.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, RecordingFactory.class.getName());
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, TaskFactory.class.getClassLoader())) {
            TaskRegistries.discover(Map.of("echo", Map.of("mark", "!")), List.of(), loader);
        }

        assertThat(CALLS).startsWith("made", "name").doesNotContain("together");
        assertThat(CALLS).filteredOn("made"::equals).hasSize(1);
        assertThat(CALLS).filteredOn("create"::equals).hasSize(1);
        assertThat(CALLS.indexOf("keys")).isBetween(2, CALLS.indexOf("create"));
        assertThat(CALLS.subList(CALLS.indexOf("create") + 1, CALLS.size()))
                .contains("descriptor", "identifiers")
                .doesNotContain("prompt", "parse");
    }

    @Test
    @Guarantee({"VisionTask 1", "VisionTask 4"})
    void oneTaskAnswersAllRequestsAndReadsTheAnswerToItsOwnPrompt() {
        TaskRunner runner = new ModelTaskRunner(
                new FakeVisionLanguageModel(request -> "to "
                        + FakeVisionLanguageModel.write(request.turns().get(0).question())),
                TaskRegistries.of(List.of(new RecordingFactory()), Map.of(), List.of()));

        assertThat(runner.run("echo", words("one")).text()).isEqualTo("to one");
        assertThat(runner.run("echo", words("two")).text()).isEqualTo("to two");

        assertThat(CALLS).filteredOn("create"::equals).hasSize(1);
        assertThat(CALLS)
                .filteredOn(call -> call.startsWith("prompt") || call.startsWith("parse"))
                .containsSubsequence("prompt one", "parse one: to one", "prompt two", "parse two: to two");
    }

    private static TaskInput words(String prompt) {
        return TaskInput.builder(null).prompt(prompt).build();
    }

    /** Writes down what is called. */
    public static final class RecordingFactory implements TaskFactory {
        public RecordingFactory() {
            CALLS.add("made");
        }

        @Override
        public String name() {
            called("name");
            return "echo";
        }

        @Override
        public Optional<Set<String>> keys() {
            called("keys");
            return Optional.of(Set.of("mark"));
        }

        @Override
        public VisionTask create(TaskSettings settings) {
            called("create");
            return new RecordingTask();
        }

        private static void called(String method) {
            if (INSIDE.incrementAndGet() > 1) {
                CALLS.add("together");
            }
            CALLS.add(method);
            INSIDE.decrementAndGet();
        }
    }

    private static final class RecordingTask implements VisionTask {
        @Override
        public TaskDescriptor descriptor() {
            CALLS.add("descriptor");
            return TaskDescriptor.builder("echo")
                    .prompt(InputNeed.REQUIRED)
                    .image(InputNeed.UNUSED)
                    .build();
        }

        @Override
        public Set<String> taskIdentifiers() {
            CALLS.add("identifiers");
            return Set.of();
        }

        @Override
        public List<PromptSegment> prompt(TaskRequest request) {
            CALLS.add("prompt " + request.prompt());
            return List.of(PromptSegment.userText(request.prompt()));
        }

        @Override
        public TaskResult parse(TaskAnswer answer, TaskRequest request) {
            CALLS.add("parse " + request.prompt() + ": " + answer.text());
            return new TaskResult.Text(answer.text());
        }
    }
}
