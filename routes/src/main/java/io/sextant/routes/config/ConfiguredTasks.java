package io.sextant.routes.config;

import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.declared.DeclaredKeys;
import io.sextant.tasks.declared.DeclaredTask;
import io.sextant.tasks.declared.TaskFile;
import io.sextant.tasks.declared.TaskFiles;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells the settings of plugged-in tasks from tasks that are declared in the configuration alone, and reads those of files. */
final class ConfiguredTasks {
    private ConfiguredTasks() {}

    /**
     * @param tasks by name, what the configuration says
     * @param files of declared tasks, and folders of them
     * @param loader sees the plugins
     */
    static TaskRegistry registry(Map<String, Map<String, String>> tasks, List<Path> files, ClassLoader loader) {
        List<TaskFactory> factories = TaskRegistries.factories(loader);
        Set<String> plugins = new HashSet<>();
        factories.forEach(factory -> plugins.add(factory.name()));
        Problems problems = new Problems();
        Map<String, Map<String, String>> settings = new HashMap<>();
        List<DeclaredTask> declared = new ArrayList<>();
        new TreeMap<>(tasks).forEach((name, values) -> {
            if (plugins.contains(name) || !DeclaredKeys.areDeclaration(values.keySet())) {
                settings.put(name, values);
                return;
            }
            String prefix = TaskSettings.none(name).prefix();
            DeclaredTask task = DeclaredKeys.read(name, values, fault -> problems.add(prefix + "." + fault));
            if (task != null) {
                declared.add(task);
            }
        });
        TaskFiles.read(files, problems::add).stream().map(TaskFile::task).forEach(declared::add);
        problems.throwIfAny();
        return TaskRegistries.of(factories, settings, declared);
    }
}
