package io.sextant.tasks.declared;

import io.sextant.core.error.NearestNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task declared in a file of its own, {@code NAME.yaml} or {@code NAME@VERSION.yaml}: the keys of {@link DeclaredKeys}, and {@code examples}.
 *
 * @param file where it was read
 * @param task what it declares; called as the file, with the version that the file says
 * @param examples in the file's order
 * @param lines where its keys stand, from 1
 */
public record TaskFile(Path file, TaskDeclaration task, List<TaskExample> examples, Map<String, Integer> lines) {
    public TaskFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(task, "task");
        examples = List.copyOf(examples);
        lines = Map.copyOf(lines);
    }

    /**
     * What is wrong with steps that ask tasks there are not, by file, line and key; empty if all are there.
     *
     * @param known names of all tasks
     */
    public List<String> unknownTasks(Set<String> known) {
        List<String> wrong = new ArrayList<>();
        if (task instanceof DeclaredSteps steps) {
            for (int i = 0; i < steps.steps().size(); i++) {
                String asked = steps.steps().get(i).ask();
                String key = StepKeys.key(i, StepKeys.ASK);
                if (!known.contains(asked)) {
                    wrong.add(place(file, lines.get(key), key) + ": There is no task \"" + asked + "\"; did you mean "
                            + String.join(" or ", NearestNames.of(asked, known)) + "?");
                }
            }
        }
        return wrong;
    }

    /** {@code tasks/day.yaml, line 3, shape}. */
    static String place(Path file, @Nullable Integer line, @Nullable String key) {
        return file + (line == null ? "" : ", line " + line) + (key == null ? "" : ", " + key);
    }
}
