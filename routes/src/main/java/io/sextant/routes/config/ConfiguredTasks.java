package io.sextant.routes.config;

import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.TaskRegistry;
import io.sextant.tasks.declared.DeclaredTask;
import io.sextant.tasks.declared.OutputShape;
import io.sextant.tasks.spi.InputNeed;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells the settings of plugged-in tasks from tasks that are declared in the configuration alone. */
final class ConfiguredTasks {
    /** Keys of a declared task. */
    static final Set<String> DECLARING =
            Set.of("identifier", "template", "shape", "answers", "default-prompt", "image", "summary");

    private static final Pattern INDEX = Pattern.compile("answers\\[(\\d{1,4})]");

    private ConfiguredTasks() {}

    static TaskRegistry registry(Map<String, Map<String, String>> tasks, ClassLoader loader) {
        List<TaskFactory> factories = TaskRegistries.factories(loader);
        Set<String> plugins = new HashSet<>();
        factories.forEach(factory -> plugins.add(factory.name()));
        Problems problems = new Problems();
        Map<String, Map<String, String>> settings = new HashMap<>();
        List<DeclaredTask> declared = new ArrayList<>();
        new TreeMap<>(tasks).forEach((name, values) -> {
            if (plugins.contains(name) || !(values.containsKey("template") || values.containsKey("identifier"))) {
                settings.put(name, values);
                return;
            }
            DeclaredTask task = problems.attempt(TaskSettings.none(name).prefix(), () -> declared(name, values));
            if (task != null) {
                declared.add(task);
            }
        });
        problems.throwIfAny();
        return TaskRegistries.of(factories, settings, declared);
    }

    private static DeclaredTask declared(String name, Map<String, String> values) {
        Map<String, String> known = new HashMap<>(values);
        known.keySet().removeIf(key -> INDEX.matcher(key).matches());
        new TaskSettings(TaskSettings.none(name).prefix(), known).requireOnly(DECLARING);
        List<String> answers = answers(values);
        OutputShape usual = answers.isEmpty() ? OutputShape.TEXT : OutputShape.ANSWER;
        return new DeclaredTask(
                name,
                values.get("identifier"),
                values.getOrDefault("template", ""),
                choice("shape", values.getOrDefault("shape", usual.name()), OutputShape.values(), OutputShape::name),
                answers,
                values.get("default-prompt"),
                choice("image", values.getOrDefault("image", "required"), InputNeed.values(), InputNeed::name),
                values.getOrDefault("summary", ""));
    }

    /** {@code answers=yes,no}, or {@code answers[0]=yes} for answers with commas in them. */
    private static List<String> answers(Map<String, String> values) {
        Map<Integer, String> indexed = new TreeMap<>();
        values.forEach((key, value) -> {
            var matcher = INDEX.matcher(key);
            if (matcher.matches()) {
                indexed.put(Integer.parseInt(matcher.group(1)), value.strip());
            }
        });
        Stream<String> listed =
                values.containsKey("answers") ? Stream.of(values.get("answers").split(",")) : Stream.empty();
        return Stream.concat(listed.map(String::strip), indexed.values().stream())
                .toList();
    }

    private static <T> T choice(String key, String text, T[] choices, Function<T, String> name) {
        List<String> allowed = new ArrayList<>();
        for (T choice : choices) {
            String written = name.apply(choice).toLowerCase(Locale.ROOT);
            if (written.equalsIgnoreCase(text.strip())) {
                return choice;
            }
            allowed.add(written);
        }
        throw new IllegalArgumentException(key + "=" + text + " must be one of " + allowed);
    }
}
