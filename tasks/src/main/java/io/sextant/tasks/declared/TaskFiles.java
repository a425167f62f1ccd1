package io.sextant.tasks.declared;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds tasks that are declared in files. */
public final class TaskFiles {
    private static final List<String> ENDINGS = List.of(".yaml", ".yml");

    private TaskFiles() {}

    /**
     * Reads files, and folders of them.
     *
     * @param paths files that end in {@code .yaml} or {@code .yml}, and folders whose files of that name are all read
     * @param problems is told everything that is wrong, by file, line and key
     * @return those that could be read, in the order of the paths, of a folder by name
     */
    public static List<TaskFile> read(List<Path> paths, Consumer<String> problems) {
        List<TaskFile> tasks = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path, problems)) {
                new TaskFileReader(file, problems).read().ifPresent(tasks::add);
            }
        }
        return tasks;
    }

    /**
     * The tasks that files declare, and files of folders.
     *
     * @param paths as for {@link #read}
     * @throws ConfigurationException with everything that is wrong, by file, line and key
     */
    public static List<TaskDeclaration> tasks(List<Path> paths) {
        List<String> problems = new ArrayList<>();
        List<TaskDeclaration> tasks =
                read(paths, problems::add).stream().map(TaskFile::task).toList();
        if (!problems.isEmpty()) {
            throw ConfigurationException.of(problems, null);
        }
        return tasks;
    }

    private static List<Path> files(Path path, Consumer<String> problems) {
        if (!Files.isDirectory(path)) {
            if (!isTask(path)) {
                problems.accept(path + " is no file of a declared task: its name must end in .yaml.");
                return List.of();
            }
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(TaskFiles::isTask).sorted().toList();
        } catch (IOException e) {
            problems.accept(path + " cannot be listed (" + e + "); check its permissions.");
            return List.of();
        }
    }

    private static boolean isTask(Path file) {
        return ENDINGS.stream().anyMatch(file.toString()::endsWith);
    }

    /** The task's name: the file's, without its ending. */
    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.lastIndexOf('.'));
    }
}
