package io.sextant.routes.config;

import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.spi.TaskFactory;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which key an environment variable stands for, and which variables are nobody's business here. */
final class Variables {
    /*
     * A variable's name is its key's in capitals with an underscore for everything that is no letter and no digit, so
     * SEXTANT_PIPELINES_MY_PHOTOS_MAX_RETRY_DELAY does not say where the pipeline's name ends. It is told from names that
     * other places of the configuration use, else from the keys there are (the longest that fits); two underscores stand for
     * the quotes around a name and end all doubt. What a task is told is the task's own matter, so of tasks only names that
     * are known or quoted are taken.
     */
    private static final String PREFIX = "SEXTANT_";
    private static final Set<String> OF_THE_LAUNCHER = Set.of("SEXTANT_JAVA_OPTIONS");
    private static final Pattern OF_A_SERVICE = Pattern.compile("SEXTANT(?:_[A-Z0-9]+)*?"
            + "_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");
    private static final Pattern SERVICE_URL = Pattern.compile("(?:tcp|udp|sctp)://.*");
    private static final Pattern MAP_NAME =
            Pattern.compile("^sextant\\.(pipelines|tasks)\\.(?:\"([^\"]+)\"|([^.\"]+))\\..*");
    private static final Pattern INDEX = Pattern.compile("_(\\d+)_$");
    private static final Pattern DECLARATION =
            Pattern.compile("SEXTANT_TASKS_([A-Z0-9]+(?:_[A-Z0-9]+)*)_(?:IDENTIFIER|TEMPLATE)");
    private static final String TASKS = "SEXTANT_TASKS_";

    private final Set<String> named = new TreeSet<>();
    private final Set<String> pipelines = new TreeSet<>();
    private final Set<String> tasks = new TreeSet<>();

    /**
     * @param names that other places than the environment use
     * @param variables of the environment; a task that one of them declares is known by it
     * @param taskNames of the tasks there are without being declared
     */
    Variables(Collection<String> names, Collection<String> variables, Collection<String> taskNames) {
        for (String name : names) {
            Matcher matcher = MAP_NAME.matcher(name);
            if (matcher.matches()) {
                String inMap = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                (matcher.group(1).equals("tasks") ? tasks : pipelines).add(inMap);
            }
            if (name.startsWith("sextant.")) {
                named.add(name);
            }
        }
        tasks.addAll(taskNames);
        for (String variable : variables) {
            Matcher matcher = DECLARATION.matcher(variable.toUpperCase(Locale.ROOT));
            if (matcher.matches()) {
                tasks.add(nameOf(matcher.group(1), tasks));
            }
        }
    }

    /** Whether a variable has our prefix; its letters may be small ones. */
    static boolean isOurs(String variable) {
        return variable.toUpperCase(Locale.ROOT).startsWith(PREFIX) && variable.indexOf('.') < 0;
    }

    /** Whether a variable is the launcher's, or one that Kubernetes sets for a service whose name begins as ours. */
    static boolean isNoKey(String variable, String value) {
        return OF_THE_LAUNCHER.contains(variable)
                || OF_A_SERVICE.matcher(variable).matches()
                || (variable.endsWith("_PORT") && SERVICE_URL.matcher(value).matches());
    }

    /** The names of the tasks on the class path. */
    static List<String> taskNames() {
        return TaskRegistries.factories(Thread.currentThread().getContextClassLoader()).stream()
                .map(TaskFactory::name)
                .toList();
    }

    /** The key a variable stands for; empty if there is none. */
    Optional<String> key(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        for (String key : named) {
            if (form(key).equals(name)) {
                return Optional.of(key);
            }
        }
        if (name.startsWith(TASKS)) {
            return taskKey(name.substring(TASKS.length()));
        }
        String guess = name.toLowerCase(Locale.ROOT).replace('_', '.');
        if (ConnectorValues.isOfAnother(guess)) {
            return Optional.of(guess);
        }
        return KnownKeys.KEYS.stream()
                .flatMap(key -> match(key, name).stream())
                .max(Comparator.<Fit>comparingInt(fit -> fit.isNamed() ? 1 : 0)
                        .thenComparingInt(fit -> -fit.name().length()))
                .map(Fit::key);
    }

    /** The variable that sets a key. */
    static String form(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * @param key as it is written in a file
     * @param name of the pipeline in it, empty where there is none
     * @param isNamed whether another place uses that name
     */
    private record Fit(String key, String name, boolean isNamed) {}

    private Optional<Fit> match(String known, String variable) {
        int star = known.indexOf(".*.");
        int index = known.indexOf("[*].");
        String expression = star < 0
                ? form(known) + "(?:_(?<index>\\d+)_)?"
                : form(known.substring(0, star)) + "_(?<name>_?[A-Z0-9]+(?:_[A-Z0-9]+)*_?)"
                        + (index < 0
                                ? form(known.substring(star + 2)) + "(?:_(?<index>\\d+)_)?"
                                : form(known.substring(star + 2, index)) + "_(?<index>\\d+)__"
                                        + form(known.substring(index + 4)));
        Matcher matcher = Pattern.compile(expression).matcher(variable);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String number = matcher.group("index");
        String indexed = number == null
                ? known
                : index < 0 ? known + "[" + number + "]" : known.replace("[*]", "[" + number + "]");
        if (star < 0) {
            return Optional.of(new Fit(indexed, "", false));
        }
        String written = matcher.group("name");
        boolean isQuoted = written.startsWith("_") && written.endsWith("_");
        if (!isQuoted && (written.startsWith("_") || written.endsWith("_"))) {
            return Optional.empty();
        }
        String name = nameOf(isQuoted ? written.substring(1, written.length() - 1) : written, pipelines);
        return Optional.of(new Fit(indexed.replace(".*.", "." + name + "."), name, pipelines.contains(name)));
    }

    /** {@code DAY_LIGHT_DEFAULT_PROMPT}: the task's name ends where a name says that is known. */
    private Optional<String> taskKey(String text) {
        Matcher quoted = Pattern.compile("_([A-Z0-9]+(?:_[A-Z0-9]+)*)__(.+)").matcher(text);
        if (quoted.matches()) {
            return Optional.of(taskKey(nameOf(quoted.group(1), tasks), quoted.group(2)));
        }
        Optional<String> known = tasks.stream()
                .filter(name -> text.startsWith(form(name) + "_"))
                .max(Comparator.comparingInt(String::length));
        return known.map(name -> taskKey(name, text.substring(form(name).length() + 1)));
    }

    private static String taskKey(String name, String setting) {
        return "sextant.tasks." + name + "." + taskSetting(setting);
    }

    /** A key of a declared task as it is written in a file; a plugin's key with dots, for want of knowing better. */
    private static String taskSetting(String text) {
        Matcher indexed = INDEX.matcher(text);
        String plain = indexed.find() ? text.substring(0, indexed.start()) : text;
        String index = plain.length() == text.length() ? "" : "[" + indexed.group(1) + "]";
        return ConfiguredTasks.DECLARING.stream()
                        .filter(setting -> form(setting).equals(plain))
                        .findFirst()
                        .orElseGet(() -> plain.toLowerCase(Locale.ROOT).replace('_', '.'))
                + index;
    }

    /** A name that is used elsewhere and is written so in a variable, else the letters with dashes between the words. */
    private static String nameOf(String text, Set<String> known) {
        return known.stream()
                .filter(name -> form(name).equals(text))
                .findFirst()
                .orElseGet(() -> text.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
