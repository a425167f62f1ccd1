package io.sextant.tasks;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.tasks.declared.TaskDeclaration;
import io.sextant.tasks.declared.TaskVersion;
import io.sextant.tasks.spi.CompositeTask;
import io.sextant.tasks.spi.TaskDescriptor;
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
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
     * <p>A plugin that cannot be made, hangs, or is called as another task is left out: the log names it, and so does {@link
     * TaskRegistry#leftOut()}.
     *
     * @param settingsByTask by task name, what the configuration says under {@code sextant.tasks."<name>"}; a key that was
     *     guessed ends in {@link #GUESSED}
     * @param declared tasks that need no Java
     * @throws ConfigurationException if a setting is wrong, a declared task is called as another or its name is not usable, or settings
     *     are given for a task that does not exist
     */
    public static TaskRegistry discover(
            Map<String, Map<String, String>> settingsByTask, Collection<? extends TaskDeclaration> declared) {
        return discover(settingsByTask, declared, Thread.currentThread().getContextClassLoader());
    }

    /**
     * As {@link #discover(Map, Collection)}, with the plugins a class loader sees.
     *
     * @param loader for instance made by {@link PluginJars#open}; its parents' plugins are found too
     */
    public static TaskRegistry discover(
            Map<String, Map<String, String>> settingsByTask,
            Collection<? extends TaskDeclaration> declared,
            ClassLoader loader) {
        return of(factories(loader), settingsByTask, declared);
    }

    /**
     * One factory of each plugin that a class loader sees, the built-in tasks among them, for {@link #of}. A plugin whose factory cannot be
     * made is told of in the log; in its place stands one that {@link #of} leaves out.
     */
    public static List<TaskFactory> factories(ClassLoader loader) {
        return new PluginDiscovery(loader, PluginCalls.USUAL).factories();
    }

    /** What to do about a class that does not fit the others. */
    static String linkage(LinkageError error) {
        return "it does not fit this Sextant, this Java, or lacks a library (" + error
                + "); build it against this version of Sextant, or put the missing jar beside it";
    }

    /** The class, and the jar it comes from where that is known. */
    static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? type.getName()
                : type.getName() + " (" + source.getLocation() + ")";
    }

    /**
     * These tasks and no others.
     *
     * @param factories in any order; of two of one name the first counts
     * @param settingsByTask by task name
     * @param declared tasks that need no Java
     * @throws ConfigurationException as {@link #discover(Map, Collection)}
     */
    public static TaskRegistry of(
            Collection<? extends TaskFactory> factories,
            Map<String, Map<String, String>> settingsByTask,
            Collection<? extends TaskDeclaration> declared) {
        return of(factories, settingsByTask, declared, PluginCalls.USUAL);
    }

    /**
     * As {@link #of(Collection, Map, Collection)}, gathering what is wrong, so that more may be found wrong before it is told.
     *
     * @param problems is told of every setting that is wrong, and every declared task that cannot be had
     * @return only to look for further problems if there are any: a task whose settings are wrong is as without them there
     */
    public static TaskRegistry of(
            Collection<? extends TaskFactory> factories,
            Map<String, Map<String, String>> settingsByTask,
            Collection<? extends TaskDeclaration> declared,
            Consumer<String> problems) {
        return of(factories, settingsByTask, declared, PluginCalls.USUAL, problems);
    }

    static TaskRegistry of(
            Collection<? extends TaskFactory> factories,
            Map<String, Map<String, String>> settingsByTask,
            Collection<? extends TaskDeclaration> declared,
            PluginCalls calls) {
        List<String> problems = new ArrayList<>();
        TaskRegistry registry = of(factories, settingsByTask, declared, calls, problems::add);
        if (!problems.isEmpty()) {
            throw ConfigurationException.of(problems, null);
        }
        return registry;
    }

    private static TaskRegistry of(
            Collection<? extends TaskFactory> factories,
            Map<String, Map<String, String>> settingsByTask,
            Collection<? extends TaskDeclaration> declared,
            PluginCalls calls,
            Consumer<String> problems) {
        Map<String, NamedTask> tasks = new TreeMap<>();
        List<String> leftOut = new ArrayList<>();
        for (TaskFactory factory : factories) {
            try {
                add(tasks, made(factory, settingsByTask, calls, problems));
            } catch (PluginFault e) {
                leftOut.add(String.valueOf(e.getMessage()));
                PluginDiscovery.tell(String.valueOf(e.getMessage()), e);
            }
        }
        declared.forEach(task -> declare(tasks, task, problems));
        Set<String> declaredNames = declared.stream().map(TaskDeclaration::name).collect(Collectors.toSet());
        requireOneForm(tasks.keySet(), problems);
        leaveOutWhatCannotAsk(tasks, declaredNames, leftOut, problems);
        requireKnown(settingsByTask.keySet(), tasks.keySet(), leftOut, problems);
        LOGGER.atDebug().addKeyValue("taskNames", tasks.keySet()).log("tasks registered");
        return new FixedTaskRegistry(tasks, leftOut);
    }

    private static void declare(Map<String, NamedTask> tasks, TaskDeclaration task, Consumer<String> problems) {
        String source = "the declared task \"" + task.name() + "\"";
        try {
            requireName(TaskVersion.plain(task.name()), source);
        } catch (ConfigurationException e) {
            e.problems().forEach(problems);
            return;
        }
        NamedTask other = tasks.putIfAbsent(task.name(), new NamedTask(task.toTask(), source, task.definition()));
        if (other != null) {
            problems.accept("Two tasks are called \"" + task.name() + "\": " + other.source() + " and " + source
                    + "; rename one of them or take its jar away.");
        }
    }

    private static void add(Map<String, NamedTask> tasks, NamedTask task) throws PluginFault {
        String name = task.task().descriptor().name();
        NamedTask other = tasks.putIfAbsent(name, task);
        if (other != null) {
            throw new PluginFault(
                    "Two tasks are called \"" + name + "\": " + other.source() + " and " + task.source()
                            + ". The second is left out; rename one of them or take its jar away.",
                    null);
        }
    }

    private static NamedTask made(
            TaskFactory factory,
            Map<String, Map<String, String>> settingsByTask,
            PluginCalls calls,
            Consumer<String> problems)
            throws PluginFault {
        if (factory instanceof BrokenPlugin broken) {
            throw new PluginFault(broken.why(), null);
        }
        String origin = origin(factory.getClass());
        String name =
                calls.call(origin, "say its name", () -> Objects.requireNonNull(factory.name(), "name returned null"));
        try {
            requireName(name, origin);
        } catch (ConfigurationException e) {
            throw new PluginFault(e.getMessage() + " It is left out.", e);
        }
        TaskSettings settings = settings(name, settingsByTask.getOrDefault(name, Map.of()));
        try {
            return named(factory, origin, name, settings, calls);
        } catch (ConfigurationException e) {
            String cannot = "Task plugin " + origin + " cannot make the task \"" + name + "\": ";
            e.problems().forEach(problem -> problems.accept(cannot + problem));
            return withoutSettings(factory, origin, name, calls, cannot);
        }
    }

    private static NamedTask named(
            TaskFactory factory, String origin, String name, TaskSettings settings, PluginCalls calls)
            throws PluginFault {
        VisionTask task = calls.call(origin, "make the task \"" + name + "\"", () -> create(factory, name, settings));
        return new NamedTask(task, origin, settings.definition());
    }

    /** Stands in for a task whose settings are wrong, so that what else is asked of it can be checked. */
    private static NamedTask withoutSettings(
            TaskFactory factory, String origin, String name, PluginCalls calls, String cannot) throws PluginFault {
        try {
            return named(factory, origin, name, TaskSettings.none(name), calls);
        } catch (ConfigurationException e) {
            throw new PluginFault(cannot + e.getMessage(), e);
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
        factory.keys().ifPresent(settings::requireOnly);
        VisionTask task = Objects.requireNonNull(factory.create(settings), "create returned null");
        TaskDescriptor descriptor = Objects.requireNonNull(task.descriptor(), "descriptor returned null");
        if (!descriptor.name().equals(name)) {
            throw new IllegalStateException("its factory is called \"" + name + "\", but its task's descriptor says \""
                    + descriptor.name() + "\"; they must be equal");
        }
        task.taskIdentifiers().forEach(PromptSegment::taskIdentifier);
        TaskSchemas.requireReadable(descriptor);
        return task;
    }

    private static String requireName(String name, String source) {
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            throw new ConfigurationException("The task name \"" + name + "\" of " + source
                    + " cannot be used; write 1 to " + MAX_NAME_LENGTH
                    + " lower-case letters and digits, parts joined by '-'.");
        }
        return name;
    }

    /** A name is with versions or without, so that it always says which task is meant. */
    private static void requireOneForm(Set<String> names, Consumer<String> problems) {
        for (String name : names) {
            String plain = TaskVersion.plain(name);
            if (!plain.equals(name) && names.contains(plain)) {
                problems.accept("There are two tasks \"" + plain + "\", one without a version and \"" + name
                        + "\"; give each a version, or rename one of them.");
            }
        }
    }

    /** What is set up for a plugin that is left out may be for a name that nobody could ask it for. */
    private static void requireKnown(
            Set<String> configured, Set<String> known, List<String> leftOut, Consumer<String> problems) {
        for (String name : new TreeSet<>(configured)) {
            if (known.contains(name)) {
                continue;
            }
            String unknown =
                    TaskSettings.none(name).prefix() + " sets up a task that does not exist; known are " + known + ".";
            if (leftOut.isEmpty()) {
                problems.accept(unknown);
                continue;
            }
            LOGGER.warn("{} It may be of a plugin that is left out: {}", unknown, String.join(" ", leftOut));
        }
    }

    /**
     * Steps ask tasks there are, which take one step each: so no request goes on for ever. A plugin that asks others is left out, a declared task a problem.
     */
    private static void leaveOutWhatCannotAsk(
            Map<String, NamedTask> tasks, Set<String> declared, List<String> leftOut, Consumer<String> problems) {
        TaskRegistry all = new FixedTaskRegistry(tasks, leftOut);
        for (NamedTask named : List.copyOf(tasks.values())) {
            if (named.task() instanceof CompositeTask composite) {
                List<String> wrong = new TreeSet<>(composite.asks())
                        .stream()
                                .filter(asked -> all.find(asked)
                                        .filter(TaskRegistries::canBeAsked)
                                        .isEmpty())
                                .toList();
                if (!wrong.isEmpty()) {
                    String name = composite.descriptor().name();
                    String why = "The task \"" + name + "\" of " + named.source() + " asks " + wrong
                            + ", which do not exist or take several steps themselves; steps ask tasks that take one.";
                    tasks.remove(name);
                    if (declared.contains(name)) {
                        problems.accept(why);
                        continue;
                    }
                    leftOut.add(why + " It is left out.");
                    PluginDiscovery.tell(why + " It is left out.", null);
                }
            }
        }
    }

    private static boolean canBeAsked(VisionTask task) {
        return !(task instanceof CompositeTask);
    }

    /**
     * @param task the task
     * @param source what made it, for messages
     * @param definition the settings that make it what it is
     */
    record NamedTask(VisionTask task, String source, Map<String, String> definition) {
        NamedTask {
            definition = Map.copyOf(definition);
        }
    }
}
