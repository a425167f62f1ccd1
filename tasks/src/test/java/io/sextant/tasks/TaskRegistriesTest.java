package io.sextant.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.declared.DeclaredTask;
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
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRegistriesTest {

    @Test
    void findsAPluginOnTheClassPath(@TempDir Path jar) throws IOException {
        TaskRegistry registry = withPlugin(jar, ShoutTaskFactory.class.getName(), Map.of("shout", Map.of("mark", "?")));
        TaskRunner runner = new ModelTaskRunner(FakeVisionLanguageModel.answering("hi"), registry);

        TaskOutcome outcome = runner.run("shout", text("hello"));

        assertThat(outcome.result()).isEqualTo(new TaskResult.Text("HI?"));
        assertThat(registry.tasks())
                .extracting(task -> task.descriptor().name())
                .containsExactly(
                        "caption",
                        "chat",
                        "detection",
                        "grounding",
                        "identify",
                        "read-each",
                        "refer",
                        "shout",
                        "verified-caption",
                        "vqa");
    }

    @Test
    void warnsOfAGuessedKeyThatATaskDoesNotKnow() {
        try (CapturedLog log = CapturedLog.of(TaskSettings.class)) {
            TaskRegistry registry = TaskRegistries.of(
                    List.of(new ShoutTaskFactory()), Map.of("shout", Map.of("marks?", "?", "loud?", "1")), List.of());

            assertThat(registry.task("shout")).isNotNull();
            assertThat(log.messages())
                    .anySatisfy(message -> assertThat(message)
                            .contains("sextant.tasks.\"shout\".marks")
                            .contains("did you mean SEXTANT_TASKS__SHOUT__MARK"))
                    .anySatisfy(message -> assertThat(message).contains("sextant.tasks.\"shout\".loud"))
                    .hasSize(2);
        }
    }

    @Test
    void refusesAWrittenKeyThatATaskDoesNotKnow() {
        assertThatThrownBy(() -> TaskRegistries.of(
                        List.of(new ShoutTaskFactory()),
                        Map.of("shout", Map.of("marks", "?", "mark?", "!")),
                        List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Unknown key sextant.tasks.\"shout\".marks; allowed are [mark]");
    }

    @Test
    void aGuessedKeyIsAnyWhoseLettersFitAndTheWrittenOneGoesBefore() {
        Map<String, String> values = Map.of("mark-it", "guessed", "mark", "written");
        TaskSettings settings = new TaskSettings("sextant.tasks.\"x\"", values, Set.of("mark-it"));

        assertThat(settings.get("mark-it", "")).isEqualTo("guessed");
        assertThat(settings.get("mark.it", "")).isEqualTo("guessed");
        assertThat(settings.get("mark", "")).isEqualTo("written");
        assertThat(settings.get("MARK", "unset")).isEqualTo("unset");
        settings.requireOnly(Set.of("mark.it", "mark"));
    }

    @Test
    void aGuessedKeyMakesTheSameTaskAsAWrittenOne() {
        TaskInput hello = text("hello");
        assertThat(shouting("mark?").run("shout", hello).id())
                .isEqualTo(shouting("mark").run("shout", hello).id())
                .isNotEqualTo(shouting(Map.of()).run("shout", hello).id());
        assertThat(registry(Map.of("MARK?", "?")).definition("shout")).isEqualTo(Map.of("mark", "?"));
    }

    @Test
    void aGuessedKeyThatTheTaskDoesNotReadIsNoPartOfItsResults() {
        TaskInput hello = text("hello");
        assertThat(shouting(Map.of("port-web?", "8080", "mark", "?"))
                        .run("shout", hello)
                        .id())
                .isEqualTo(shouting("mark").run("shout", hello).id());
        assertThat(shouting(Map.of("service-port-http?", "80"))
                        .run("shout", hello)
                        .id())
                .isEqualTo(shouting(Map.of()).run("shout", hello).id());
    }

    @Test
    void whoReadsAllSettingsHasReadTheGuessedOnes() {
        TaskSettings settings = new TaskSettings("sextant.tasks.\"x\"", Map.of("a", "1", "b", "2"), Set.of("b"));

        assertThat(settings.definition()).isEqualTo(Map.of("a", "1"));
        assertThat(settings.values()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(settings.definition()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    private static TaskRunner shouting(String key) {
        return shouting(Map.of(key, "?"));
    }

    private static TaskRunner shouting(Map<String, String> settings) {
        return new ModelTaskRunner(FakeVisionLanguageModel.answering("hi"), registry(settings));
    }

    private static TaskRegistry registry(Map<String, String> settings) {
        return TaskRegistries.of(List.of(new ShoutTaskFactory()), Map.of("shout", settings), List.of());
    }

    @Test
    void knowsTheIdentifiersOfAllTasks() {
        List<DeclaredTask> declared = List.of(
                DeclaredTask.of("daylight", "is it day or night?").withIdentifier("count_things"),
                DeclaredTask.of("free", "say {prompt}"));

        TaskRegistry registry = TaskRegistries.of(List.of(new ShoutTaskFactory()), Map.of(), declared);

        assertThat(registry.taskIdentifiers()).containsExactlyInAnyOrder("shout", "count_things");
        assertThat(TaskRegistries.discover().taskIdentifiers())
                .containsExactlyInAnyOrder("vqa", "caption", "grounding", "refer", "identify", "detection");
    }

    @Test
    void namesTheServiceFileOfAPluginThatCannotBeLoadedAndGoesOn(@TempDir Path jar) throws IOException {
        TaskRegistry registry = withPlugin(jar, "com.example.Missing", Map.of());

        assertThat(registry.leftOut())
                .singleElement()
                .asString()
                .contains("com.example.Missing")
                .contains(jar.toString())
                .contains("META-INF/services/io.sextant.tasks.spi.TaskFactory");
        assertThat(registry.task("caption")).isNotNull();
    }

    private static TaskRegistry withPlugin(Path jar, String factory, Map<String, Map<String, String>> settings)
            throws IOException {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(TaskFactory.class.getName()), factory);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            return TaskRegistries.discover(settings, List.of());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void refusesTwoTasksOfOneNameAndNamesBoth() {
        DeclaredTask declared = DeclaredTask.of("shout", "say {prompt}");

        assertThatThrownBy(() -> TaskRegistries.of(List.of(new ShoutTaskFactory()), Map.of(), List.of(declared)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(ShoutTaskFactory.class.getName())
                .hasMessageContaining("the declared task \"shout\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Shout", "shout!", "-shout", "shout--loud", "shout_loud", "a/b", "ümlaut"})
    void refusesNamesThatCannotStandInAnEndpoint(String name) {
        DeclaredTask declared = DeclaredTask.of(name, "say {prompt}");

        assertThatThrownBy(() -> TaskRegistries.of(List.of(), Map.of(), List.of(declared)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("lower-case letters and digits");
    }

    @ParameterizedTest
    @CsvSource({
        "prompt, write its prompt",
        "grammar, say what its answers look like",
        "parse, read an answer of 2 characters"
    })
    @Guarantee("VisionTask 6")
    void aTaskThatReturnsNothingIsADefectOfItsAuthor(String method, String message) {
        TaskFactory factory = new Renamed("empty", settings -> new EmptyTask(method));
        TaskRunner runner = new ModelTaskRunner(
                FakeVisionLanguageModel.answering("hi"), TaskRegistries.of(List.of(factory), Map.of(), List.of()));

        assertThatThrownBy(() -> runner.run("empty", text("x")))
                .isInstanceOf(TaskDefectException.class)
                .hasMessageContaining(message)
                .hasRootCauseMessage(method + " returned null");
    }

    @Test
    void refusesSettingsForATaskThatDoesNotExist() {
        assertThatThrownBy(() -> TaskRegistries.discover(Map.of("sing", Map.of("key", "a")), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.tasks.\"sing\"")
                .hasMessageContaining("known are");
    }

    @Test
    void namesTheKnownTasksWhereOneIsUnknown() {
        assertThatThrownBy(() -> TaskRegistries.discover().task("sing"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "[caption, chat, detection, grounding, identify, read-each, refer, verified-caption, vqa]");
    }

    @ParameterizedTest
    @CsvSource({"fail to ask, write its prompt", "fail to read, read an answer of 2 characters"})
    void aTaskThatFailsIsADefectOfItsAuthor(String prompt, String message) {
        TaskRegistry registry = TaskRegistries.of(List.of(new ShoutTaskFactory()), Map.of(), List.of());
        TaskRunner runner = new ModelTaskRunner(FakeVisionLanguageModel.answering("hi"), registry);

        assertThatThrownBy(() -> runner.run("shout", text(prompt)))
                .isInstanceOfSatisfying(
                        TaskDefectException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.DEFECT))
                .hasMessageContaining(message)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    private static TaskInput text(String prompt) {
        return TaskInput.builder(null).prompt(prompt).build();
    }

    /** What a plugin whose compiler looks for no nulls may bring. */
    @NullUnmarked
    private record EmptyTask(String method) implements VisionTask {
        @Override
        public TaskDescriptor descriptor() {
            return TaskDescriptor.builder("empty")
                    .prompt(InputNeed.REQUIRED)
                    .image(InputNeed.UNUSED)
                    .build();
        }

        @Override
        public List<PromptSegment> prompt(TaskRequest request) {
            return method.equals("prompt") ? null : List.of(PromptSegment.userText(request.prompt()));
        }

        @Override
        public AnswerGrammar grammar(TaskRequest request) {
            return method.equals("grammar") ? null : AnswerGrammar.free();
        }

        @Override
        public TaskResult parse(TaskAnswer answer, TaskRequest request) {
            return method.equals("parse") ? null : new TaskResult.Text(answer.text());
        }
    }

    private interface Creation {
        @Nullable
        VisionTask create(TaskSettings settings);
    }

    @NullUnmarked
    private record Renamed(String name, Creation creation) implements TaskFactory {
        @Override
        public VisionTask create(TaskSettings settings) {
            return creation.create(settings);
        }
    }
}
