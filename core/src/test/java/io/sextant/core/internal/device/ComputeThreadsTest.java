package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ComputeThreadsTest {
    /** As long as the operating system lets a thread's name be. */
    private static final String LOADING = "loads-one-model";

    @TempDir
    private Path directory;

    /** What a thread of the operating system is called, its helpers are called too. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoLoadsAModelKeepsNoHelpersOfOpenMp() throws Exception {
        Path folder = directory.resolve("model");
        RandomModel.write(folder, RandomModelSize.small(), 1);
        CompletableFuture<VisionLanguageModel> loaded = new CompletableFuture<>();
        CompletableFuture<Void> counted = new CompletableFuture<>();
        Thread loads = new Thread(
                () -> {
                    loaded.complete(ModelLoader.load(ModelSettings.of(folder)));
                    counted.join();
                },
                LOADING);
        loads.start();
        try (VisionLanguageModel model = loaded.get(2, TimeUnit.MINUTES)) {
            assertThat(model.info().name()).isEqualTo("model");
            assertThat(threadsCalled(LOADING)).isEqualTo(1);
        } finally {
            counted.complete(null);
            loads.join();
        }
    }

    @Test
    void passesFailuresOnAsTheyAre() {
        IllegalStateException failure = new IllegalStateException("as it is");
        assertThatThrownBy(() -> ComputeThreads.computeApart(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
        StackOverflowError error = new StackOverflowError();
        assertThatThrownBy(() -> ComputeThreads.computeApart(() -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void waitsThroughAnInterruptionAndKeepsIt() {
        Thread.currentThread().interrupt();
        assertThat(ComputeThreads.computeApart(() -> 7)).isEqualTo(7);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static long threadsCalled(String name) throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> nameOf(task).equals(name)).count();
        }
    }

    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw new UncheckedIOException(e);
            }
            return "ended meanwhile";
        }
    }
}
