package io.sextant.routes.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.image.RgbImage;
import io.sextant.routes.config.Problems;
import io.sextant.routes.config.SettingsReader;
import io.sextant.tasks.TaskCall;
import io.sextant.tasks.TaskInput;
import io.sextant.tasks.TaskOutcome;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;
import io.smallrye.config.PropertiesConfigSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** By which name and as what the end of a question is told. */
final class ObservedTaskRunnerTest {
    private static final TaskInput INPUT = TaskInput.about(new RgbImage("image", "1", 1, 1, 1, new byte[3]), "");

    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<TaskOutcome> answer = new CompletableFuture<>();
    private final TaskRegistry registry = SettingsReader.withSources(List.of(new PropertiesConfigSource(
                    Map.of(
                            "sextant.tasks.\"day@2\".identifier",
                            "vqa",
                            "sextant.tasks.\"day@2\".template",
                            "is it day?"),
                    "test",
                    100)))
            .taskRegistry(new Problems());
    private final ObservedTaskRunner runner = new ObservedTaskRunner(new Held(), new PipelineListener() {
        @Override
        public void failed(String task, ErrorCategory category, Duration took) {
            told.add(task + " " + category);
        }

        @Override
        public void cancelled(String task, Duration took) {
            told.add(task + " cancelled");
        }
    });

    @Test
    void whatIsGivenUpIsNoDefect() {
        runner.submit("day", INPUT).toCompletableFuture().cancel(true);
        assertThat(told).containsExactly("day@2 cancelled");
    }

    @Test
    void aTaskIsToldOfByItsOwnName() {
        runner.submit("day", INPUT);
        answer.completeExceptionally(new CompletionException(new InvalidRequestException("no")));
        assertThat(told).containsExactly("day@2 INVALID_INPUT");
        assertThatThrownBy(() -> runner.run("day", INPUT)).isInstanceOf(IllegalStateException.class);
        assertThat(told).endsWith("day@2 DEFECT");
    }

    @Test
    void aNameThatIsMadeUpIsNotTold() {
        runner.submit("night", INPUT);
        answer.completeExceptionally(new InvalidRequestException("no"));
        assertThat(told).isEmpty();
    }

    private final class Held implements TaskRunner {
        @Override
        public TaskOutcome run(String task, TaskInput input) {
            throw new IllegalStateException("told to fail");
        }

        @Override
        public CompletableFuture<TaskOutcome> submit(String task, TaskInput input) {
            return answer;
        }

        @Override
        public List<TaskOutcome> runAll(List<TaskCall> calls) {
            return List.of();
        }

        @Override
        public TaskSession session() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TaskRegistry registry() {
            return registry;
        }
    }
}
