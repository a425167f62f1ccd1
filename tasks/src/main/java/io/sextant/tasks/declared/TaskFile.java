package io.sextant.tasks.declared;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A task declared in a file of its own, {@code NAME.yaml}: the keys of {@link DeclaredKeys}, and {@code examples}.
 *
 * @param file where it was read
 * @param task what it declares; called as the file
 * @param examples in the file's order
 */
public record TaskFile(Path file, DeclaredTask task, List<TaskExample> examples) {
    public TaskFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(task, "task");
        examples = List.copyOf(examples);
    }
}
