package io.sextant.tasks.camel;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.model.ComputeType;
import io.sextant.core.model.Int8Copy;
import io.sextant.core.model.MemorySize;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import io.sextant.tasks.declared.TaskDeclaration;
import io.sextant.tasks.declared.TaskFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which model, and how it is computed. Equal options share one opened model inside a Camel context.
 *
 * @param path the model folder; null for the embedded model, and so is a blank one, which a placeholder with an empty default leaves
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}, or several with commas between them
 * @param precision what to compute in, in any case
 * @param lora {@code merged} or {@code applied}
 * @param cacheSize memory for keys and values, as {@code 1G}; empty chooses
 * @param queueCapacity requests that wait at most
 * @param maxSequences sequences computed side by side at most
 * @param weightCache {@code auto}, {@code off} or the folder that keeps int8 and int4 weights, and what a trial found
 * @param weightCacheSize of the files in it at most, as {@code 24G}
 * @param int8Copy whether int4 weights are kept as int8 too: {@code auto}, {@code on} or {@code off}
 * @param computeType what is computed in where the precision leaves that open: {@code auto}, {@code float32} or {@code bfloat16}
 * @param threads that products are computed in, one number for all models of a process; 0 chooses
 * @param trial {@code on} or {@code off}: whether what is left open of type and threads comes from a trial
 * @param pluginsPath jars of further tasks and folders of such jars, with commas between them; empty for none
 * @param tasksPath files of declared tasks and folders of such files, with commas between them; empty for none
 */
record ModelOptions(
        @Nullable String path,
        String device,
        String precision,
        String lora,
        String cacheSize,
        int queueCapacity,
        int maxSequences,
        String weightCache,
        String weightCacheSize,
        String int8Copy,
        String computeType,
        int threads,
        String trial,
        String pluginsPath,
        String tasksPath) {
    /** How the component and its beans call the option. */
    static final String PLUGINS_PATH = "pluginsPath";

    private static final String TASKS_PATH = "tasksPath";

    static final ModelOptions DEFAULT = new ModelOptions(
            null, "auto", "auto", "merged", "", 1000, 32, "auto", "24G", "auto", "auto", 0, "on", "", "");

    ModelOptions {
        path = path == null || path.isBlank() ? null : path;
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(lora, "lora");
        Objects.requireNonNull(cacheSize, "cacheSize");
        Objects.requireNonNull(weightCache, "weightCache");
        Objects.requireNonNull(weightCacheSize, "weightCacheSize");
        Objects.requireNonNull(int8Copy, "int8Copy");
        Objects.requireNonNull(computeType, "computeType");
        Objects.requireNonNull(trial, "trial");
        Objects.requireNonNull(pluginsPath, "pluginsPath");
        Objects.requireNonNull(tasksPath, "tasksPath");
    }

    ModelOptions withPath(String other) {
        return new ModelOptions(
                other,
                device,
                precision,
                lora,
                cacheSize,
                queueCapacity,
                maxSequences,
                weightCache,
                weightCacheSize,
                int8Copy,
                computeType,
                threads,
                trial,
                pluginsPath,
                tasksPath);
    }

    /**
     * The same for the core.
     *
     * @param folder where the model lies
     * @throws IllegalArgumentException naming the option whose value cannot be used
     */
    ModelSettings in(Path folder) {
        path("weightCache", weightCache);
        return ModelSettings.builder(folder)
                .device(device)
                .precision(choice("precision", precision, Precision.values()))
                .mergeLora(choice("lora", lora, Lora.values()) == Lora.MERGED)
                .cacheBytes(cacheSize.isBlank() ? 0 : bytes("cacheSize", cacheSize))
                .queueCapacity(queueCapacity)
                .maxSequences(maxSequences)
                .weightCache(weightCache)
                .weightCacheBytes(bytes("weightCacheSize", weightCacheSize))
                .int8Copy(choice("int8Copy", int8Copy, Int8Copy.values()))
                .computeType(choice("computeType", computeType, ComputeType.values()))
                .threads(threads)
                .trial(choice("trial", trial, Trial.values()) == Trial.ON)
                .build();
    }

    /** Jars, and folders of jars. */
    List<Path> plugins() {
        return paths(PLUGINS_PATH, pluginsPath);
    }

    /**
     * The tasks of files, and of folders of files.
     *
     * @throws ConfigurationException with all that is wrong, by the option, file, line and key
     */
    List<TaskDeclaration> declaredTasks() {
        try {
            return TaskFiles.tasks(paths(TASKS_PATH, tasksPath));
        } catch (ConfigurationException e) {
            throw ConfigurationException.of(
                    e.problems().stream()
                            .map(problem -> TASKS_PATH + ": " + problem)
                            .toList(),
                    e);
        }
    }

    private static List<Path> paths(String option, String text) {
        List<Path> paths = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                paths.add(path(option, part.strip()));
            }
        }
        return paths;
    }

    /** A path as it is written in an option. */
    static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(option + "=" + text + " is no path: " + e.getReason(), e);
        }
    }

    private static long bytes(String option, String text) {
        try {
            return MemorySize.of(text).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E choice(String option, String text, E[] choices) {
        List<String> allowed = new ArrayList<>();
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(text.strip())) {
                return choice;
            }
            allowed.add(choice.name().toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException(option + "=" + text + " must be one of " + allowed);
    }

    private enum Trial {
        ON,
        OFF
    }

    private enum Lora {
        MERGED,
        APPLIED
    }
}
