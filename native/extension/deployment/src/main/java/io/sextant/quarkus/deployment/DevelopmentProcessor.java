package io.sextant.quarkus.deployment;

import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.HotDeploymentWatchedFileBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.spi.TaskDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What makes an application's developer quick: a card in the Dev UI, and a restart once a file of tasks has changed. */
final class DevelopmentProcessor {
    /** The component's option, in both of its spellings, and the application's key. */
    private static final List<String> TASK_FILE_KEYS =
            List.of("camel.component.sextant.tasks-path", "camel.component.sextant.tasksPath", "sextant.plugins.tasks");

    /** Lists the tasks of the class path; those in files are the application's to know. */
    @BuildStep(onlyIf = IsLocalDevelopment.class)
    CardPageBuildItem card() {
        CardPageBuildItem card = new CardPageBuildItem();
        List<Map<String, String>> tasks = TaskRegistries.discover().tasks().stream()
                .map(task -> row(task.descriptor()))
                .toList();
        card.addBuildTimeData("tasks", tasks);
        card.addPage(Page.tableDataPageBuilder("Tasks")
                .icon("font-awesome-solid:eye")
                .staticLabel(String.valueOf(tasks.size()))
                .buildTimeDataKey("tasks")
                .showColumn("endpoint")
                .showColumn("description"));
        return card;
    }

    private static Map<String, String> row(TaskDescriptor task) {
        return Map.of("endpoint", "sextant:" + task.name(), "description", task.summary());
    }

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    void taskFiles(BuildProducer<HotDeploymentWatchedFileBuildItem> watched) {
        Config config = ConfigProvider.getConfig();
        TASK_FILE_KEYS.stream()
                .map(key -> config.getOptionalValue(key, String[].class))
                .flatMap(Optional::stream)
                .flatMap(Stream::of)
                .flatMap(path -> files(Path.of(path.strip()).toAbsolutePath()))
                .forEach(file -> watched.produce(new HotDeploymentWatchedFileBuildItem(file.toString())));
    }

    /** A file itself, or those that lie in a folder now. */
    private static Stream<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> content = Files.list(path)) {
            return content.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("The tasks in " + path + " cannot be listed", e);
        }
    }
}
