package io.sextant.tasks;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.SextantException;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.declared.DeclaredTask;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the registry of tasks at start-up. Everything that is wrong with a plugin or a declared task shows here. */
public final class TaskRegistries {
    private static final Logger LOGGER = LoggerFactory.getLogger(TaskRegistries.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_NAME_LENGTH = 64;

    /**
     * Stands behind a key of a task's settings that was guessed from an environment variable: {@code default-prompt?}. The task
     * is told the key without it ({@link TaskSettings#guessed}).
     */
    public static final String GUESSED = "?";

    private TaskRegistries() {}

    /** The built-in tasks and all plugins on the class path, without settings. */
    public static TaskRegistry discover() {
        return discover(Map.of(), List.of());
    }

    /**
     * The built-in tasks and all plugins on the class path, found by {@link ServiceLoader}, and the declared tasks.
     *
     * @param settingsByTask by task name, what the configuration says under {@code sextant.tasks."<name>"}; a key that was
     *     guessed ends in {@link #GUESSED}
     * @param declared tasks that need no Java
     * @throws ConfigurationException if a plugin cannot be made, two tasks share a name, a name is not usable, or settings
     *     are given for a task that does not exist
     */
    public static TaskRegistry discover(
            Map<String, Map<String, String>> settingsByTask, Collection<DeclaredTask> declared) {
        return discover(settingsByTask, declared, Thread.currentThread().getContextClassLoader());
    }

    /**
     * As {@link #discover(Map, Collection)}, with the plugins a class loader sees.
     *
     * @param loader for instance made by {@link PluginJars#open}; its parents' plugins are found too
     */
    public static TaskRegistry discover(
            Map<String, Map<String, String>> settingsByTask, Collection<DeclaredTask> declared, ClassLoader loader) {
        return of(factories(loader), settingsByTask, declared);
    }

    /**
     * One factory of each plugin that a class loader sees, the built-in tasks among them, for {@link #of}.
     *
     * @throws ConfigurationException if a plugin cannot be loaded or its name is not usable
     */
    public static List<TaskFactory> factories(ClassLoader loader) {
        List<TaskFactory> factories = new ArrayList<>();
        try {
            ServiceLoader.load(TaskFactory.class, loader).stream()
                    .map(TaskRegistries::factory)
                    .forEach(factories::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConfigurationException(
                    "A task plugin cannot be loaded: " + e.getMessage()
                            + ". Mend or remove the jar whose META-INF/services/" + TaskFactory.class.getName()
                            + " names it.",
                    e);
        }
        factories.forEach(TaskRegistries::name);
        return List.copyOf(factories);
    }

    private static TaskFactory factory(ServiceLoader.Provider<TaskFactory> provider) {
        try {
            return provider.get();
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException(
                    "Task plugin " + origin(provider.type()) + " cannot be created: "
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().toString())
                            + ". Mend or remove its jar.",
                    e);
        }
    }

    private static String name(TaskFactory factory) {
        String origin = origin(factory.getClass());
        try {
            return requireName(Objects.requireNonNull(factory.name(), "name returned null"), origin);
        } catch (LinkageError e) {
            throw new ConfigurationException("Task plugin " + origin + " cannot be used: " + linkage(e) + ".", e);
        } catch (SextantException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ConfigurationException("Task plugin " + origin + " cannot say its name: " + e + ".", e);
        }
    }

    /** What to do about a class that does not fit the others. */
    static String linkage(LinkageError error) {
        return "it does not fit this Sextant, this Java, or lacks a library (" + error
                + "); build it against this version of Sextant, or put the missing jar beside it";
    }

    /** The class, and the jar it comes from where that is known. */
    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? type.getName()
                : type.getName() + " (" + source.getLocation() + ")";
    }

    /**
     * These tasks and no others.
     *
     * @param factories in any order
     * @param settingsByTask by task name
     * @param declared tasks that need no Java
     * @throws ConfigurationException as {@link #discover(Map, Collection)}
     */
    public static TaskRegistry of(
            Collection<? extends TaskFactory> factories,
            Map<String, Map<String, String>> settingsByTask,
            Collection<DeclaredTask> declared) {
        Map<String, NamedTask> tasks = new TreeMap<>();
        for (TaskFactory factory : factories) {
            String name = name(factory);
            TaskSettings settings = settings(name, settingsByTask.getOrDefault(name, Map.of()));
            add(tasks, name, origin(factory.getClass()), create(factory, name, settings), settings.values());
        }
        for (DeclaredTask task : declared) {
            String source = "the declared task \"" + task.name() + "\"";
            add(tasks, requireName(task.name(), source), source, task.toTask(), task.definition());
        }
        requireKnown(settingsByTask.keySet(), tasks.keySet());
        tasks.values().forEach(task -> requireAskable(task, tasks));
        LOGGER.atDebug().addKeyValue("taskNames", tasks.keySet()).log("tasks registered");
        return new FixedTaskRegistry(tasks);
    }

    private static void add(
            Map<String, NamedTask> tasks, String name, String source, VisionTask task, Map<String, String> definition) {
        String described = task.descriptor().name();
        if (!described.equals(name)) {
            throw new ConfigurationException("Task plugin " + source + " is called \"" + name
                    + "\", but its task's descriptor says \"" + described + "\"; they must be equal.");
        }
        NamedTask other = tasks.putIfAbsent(name, new NamedTask(task, source, definition));
        if (other != null) {
            throw new ConfigurationException("Two tasks are called \"" + name + "\": " + other.source() + " and "
                    + source + "; rename one of them or take its jar away.");
        }
    }

    private static TaskSettings settings(String name, Map<String, String> told) {
        Map<String, String> values = new HashMap<>(told);
        Set<String> guessed = new HashSet<>();
        told.forEach((key, value) -> {
            if (key.endsWith(GUESSED)) {
                String plain = key.substring(0, key.length() - GUESSED.length());
                values.remove(key);
                if (values.putIfAbsent(plain, value) == null) {
                    guessed.add(plain);
                }
            }
        });
        return new TaskSettings(TaskSettings.none(name).prefix(), values, guessed);
    }

    private static VisionTask create(TaskFactory factory, String name, TaskSettings settings) {
        try {
            factory.keys().ifPresent(settings::requireOnly);
            VisionTask task = Objects.requireNonNull(factory.create(settings), "create returned null");
            Objects.requireNonNull(task.descriptor(), "descriptor returned null");
            task.taskIdentifiers().forEach(PromptSegment::taskIdentifier);
            return task;
        } catch (RuntimeException e) {
            throw notMade(factory, name, String.valueOf(e.getMessage()), e);
        } catch (LinkageError e) {
            throw notMade(factory, name, linkage(e), e);
        }
    }

    private static ConfigurationException notMade(TaskFactory factory, String name, String why, Throwable cause) {
        return new ConfigurationException(
                "Task plugin " + origin(factory.getClass()) + " cannot make the task \"" + name + "\": " + why, cause);
    }

    private static String requireName(String name, String source) {
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw new ConfigurationException("The task name \"" + name + "\" of " + source
                    + " cannot be used; write 1 to " + MAX_NAME_LENGTH
                    + " lower-case letters and digits, parts joined by '-'.");
        }
        return name;
    }

    private static void requireKnown(Set<String> configured, Set<String> known) {
        for (String name : new TreeSet<>(configured)) {
            if (!known.contains(name)) {
                throw new ConfigurationException(TaskSettings.none(name).prefix()
                        + " sets up a task that does not exist; known are " + known + ".");
            }
        }
    }

    /** Steps ask tasks there are, which take one step each: so no request goes on for ever. */
    private static void requireAskable(NamedTask named, Map<String, NamedTask> tasks) {
        if (!(named.task() instanceof CompositeTask composite)) {
            return;
        }
        for (String asked : new TreeSet<>(composite.asks())) {
            NamedTask step = tasks.get(asked);
            if (step == null || step.task() instanceof CompositeTask) {
                throw new ConfigurationException(
                        "The task \"" + composite.descriptor().name() + "\" of "
                                + named.source() + " asks the task \"" + asked + "\", "
                                + (step == null
                                        ? "which does not exist; known are " + tasks.keySet() + "."
                                        : "which takes several steps itself; steps ask tasks that take one."));
            }
        }
    }

    /**
     * @param task the task
     * @param source what made it, for messages
     * @param definition its settings
     */
    record NamedTask(VisionTask task, String source, Map<String, String> definition) {
        NamedTask {
            definition = Map.copyOf(definition);
        }
    }
}
