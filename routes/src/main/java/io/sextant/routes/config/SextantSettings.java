package io.sextant.routes.config;

import io.sextant.core.GenerationSettings;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.tasks.TaskRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Everything that is configured under {@code sextant.}, as records; the same can be built in code.
 *
 * @param model which model, and how it is computed
 * @param imageLimits how large an image may be
 * @param orientation whether a camera's orientation is applied
 * @param generation how answers are generated where nothing else is said
 * @param decodings how each kind of decoding is configured, of which one is chosen in {@code generation}
 * @param tasks by task name, what stands under {@code sextant.tasks."name"}, by key
 * @param plugins jars of further tasks, and folders of such jars
 * @param taskFiles files of declared tasks, and folders of them
 * @param pipelines ordered by name
 * @param connectors by URI scheme, what that connector is told: what stands under {@code sextant.<scheme>.}, by key
 * @param log what running pipelines tell
 * @param http who may call the running application, and how much
 */
public record SextantSettings(
        ModelChoice model,
        ImageLimits imageLimits,
        OrientationPolicy orientation,
        GenerationSettings generation,
        DecodingSettings decodings,
        Map<String, Map<String, String>> tasks,
        List<Path> plugins,
        List<Path> taskFiles,
        List<PipelineSettings> pipelines,
        Map<String, Map<String, String>> connectors,
        LogSettings log,
        HttpSettings http) {
    public SextantSettings {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(imageLimits, "imageLimits");
        Objects.requireNonNull(orientation, "orientation");
        Objects.requireNonNull(generation, "generation");
        Objects.requireNonNull(decodings, "decodings");
        tasks = copy(tasks);
        plugins = List.copyOf(plugins);
        taskFiles = List.copyOf(taskFiles);
        pipelines = List.copyOf(pipelines);
        connectors = copy(connectors);
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(http, "http");
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> maps) {
        Map<String, Map<String, String>> copy = new TreeMap<>();
        maps.forEach((name, values) -> copy.put(name, Map.copyOf(values)));
        return Map.copyOf(copy);
    }

    /** The same without the pipelines of these names. */
    SextantSettings withoutPipelines(Set<String> names) {
        return new SextantSettings(
                model,
                imageLimits,
                orientation,
                generation,
                decodings,
                tasks,
                plugins,
                taskFiles,
                pipelines.stream()
                        .filter(pipeline -> !names.contains(pipeline.name()))
                        .toList(),
                connectors,
                log,
                http);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "SextantSettings[model=" + model + ", pipelines="
                + pipelines.stream().map(PipelineSettings::name).toList() + "]";
    }

    /**
     * The tasks: those on the class path and in the plugin jars with their settings, and the declared ones, of files too.
     *
     * @throws io.sextant.core.error.ConfigurationException naming every task that cannot be made, and settings that fit none
     */
    public TaskRegistry taskRegistry() {
        Problems problems = new Problems();
        TaskRegistry registry = taskRegistry(problems);
        problems.throwIfAny();
        return registry;
    }

    /**
     * As {@link #taskRegistry()}, gathering what is wrong, so that more may be found wrong before it is told.
     *
     * @param problems gets every task that cannot be made, and settings that fit none
     * @return what could be made; only to look for further problems if there are any
     */
    public TaskRegistry taskRegistry(Problems problems) {
        return ConfiguredTasks.registry(
                tasks, taskFiles, plugins, Thread.currentThread().getContextClassLoader(), problems);
    }
}
