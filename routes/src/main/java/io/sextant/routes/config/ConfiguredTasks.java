package io.sextant.routes.config;

import io.sextant.tasks.PluginJars;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.declared.DeclaredKeys;
import io.sextant.tasks.declared.TaskDeclaration;
import io.sextant.tasks.declared.TaskFile;
import io.sextant.tasks.declared.TaskFiles;
import io.sextant.tasks.declared.TaskVersion;
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
import java.util.stream.Stream;

/** Tells the settings of plugged-in tasks from tasks that are declared in the configuration alone, and reads those of files. */
final class ConfiguredTasks {
    private ConfiguredTasks() {}

    /**
     * @param tasks by name, what the configuration says
     * @param files of declared tasks, and folders of them
     * @param plugins jars of further tasks, and folders of such jars
     * @param parent the class loader of the application
     * @param problems gets all that is wrong
     * @return only to look for further problems if there are any
     */
    static TaskRegistry registry(
            Map<String, Map<String, String>> tasks,
            List<Path> files,
            List<Path> plugins,
            ClassLoader parent,
            Problems problems) {
        Problems ofJars = new Problems();
        List<TaskFactory> factories = TaskRegistries.factories(PluginJars.open(plugins, parent, ofJars::add));
        ofJars.messages().forEach(problems::add);
        Set<String> plugged = new HashSet<>();
        factories.forEach(factory -> plugged.add(factory.name()));
        Map<String, Map<String, String>> settings = new HashMap<>();
        List<TaskDeclaration> declared = new ArrayList<>();
        new TreeMap<>(tasks).forEach((name, values) -> {
            if (plugged.contains(name)) {
                settings.put(name, values);
            } else if (DeclaredKeys.areDeclaration(values.keySet())) {
                String prefix = TaskSettings.none(name).prefix();
                TaskDeclaration task = DeclaredKeys.read(name, values, fault -> problems.add(prefix + "." + fault));
                if (task != null) {
                    declared.add(task);
                }
            } else if (ofJars.isEmpty()) {
                // Else they may be for a task of a jar that cannot be opened.
                settings.put(name, values);
            }
        });
        List<TaskFile> inFiles = TaskFiles.read(files, fault -> problems.add("sextant.plugins.tasks: " + fault));
        Set<String> known = new HashSet<>(plugged);
        Stream.concat(declared.stream(), inFiles.stream().map(TaskFile::task))
                .forEach(task -> known.addAll(List.of(task.name(), TaskVersion.plain(task.name()))));
        for (TaskFile file : inFiles) {
            List<String> unknown = file.unknownTasks(known);
            unknown.forEach(fault -> problems.add("sextant.plugins.tasks: " + fault));
            if (unknown.isEmpty()) {
                declared.add(file.task());
            }
        }
        return TaskRegistries.of(factories, settings, declared, problems::add);
    }
}
