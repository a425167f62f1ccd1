package io.sextant.routes.config;

import io.sextant.core.error.NearestNames;
import io.sextant.tasks.TaskRegistries;
import io.sextant.tasks.declared.DeclaredKeys;
import io.sextant.tasks.spi.TaskFactory;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which key an environment variable stands for, and which variables are nobody's business here. */
final class Variables {
    /*
     * A variable's name is its key's in capitals with an underscore for everything that is no letter and no digit, so
     * SEXTANT_PIPELINES_MY_PHOTOS_MAX_RETRY_DELAY does not say where the pipeline's name ends. It is told from names that
     * other places of the configuration use, else from the keys there are (the longest that fits); two underscores stand for
     * the quotes around a name and end all doubt. A pipeline is one that another place names, or whose FROM is a variable. What
     * a task is told is the task's own matter: a task that is known takes the keys it tells. Of one that tells none the key is a guess, and marked as one, so that the task's
     * settings can heed the letters alone.
     */
    private static final String PREFIX = "SEXTANT_";
    private static final Set<String> OF_THE_LAUNCHER = Set.of("SEXTANT_JAVA_OPTIONS");
    private static final Pattern OF_A_SERVICE = Pattern.compile("SEXTANT(?:_[A-Z0-9]+)*?"
            + "_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");
    private static final Pattern SERVICE_URL = Pattern.compile("(?:tcp|udp|sctp)://.*");
    private static final Pattern MAP_NAME =
            Pattern.compile("^sextant\\.(pipelines|tasks)\\.(?:\"([^\"]+)\"|([^.\"]+))\\..*");
    private static final Pattern PROFILE = Pattern.compile("^%(?:\\{[^}]*}|[^.]+)\\.");
    private static final Pattern INDEX = Pattern.compile("_(\\d+)_$");
    private static final Pattern DECLARATION =
            Pattern.compile("SEXTANT_TASKS_(?<quote>_?)([A-Z0-9]+(?:_[A-Z0-9]+)*)\\k<quote>_(?:IDENTIFIER|TEMPLATE)");
    private static final Pattern SOURCE =
            Pattern.compile("SEXTANT_PIPELINES_(?<quote>_?)([A-Z0-9]+(?:_[A-Z0-9]+)*)\\k<quote>_FROM");
    private static final Pattern DECLARED =
            Pattern.compile("sextant\\.tasks\\.(?:\"([^\"]+)\"|([^.\"]+))\\.(?:identifier|template)");
    private static final String TASKS = "SEXTANT_TASKS_";
    private static final String PLUGINS = "sextant.plugins.path";

    private final Set<String> named = new TreeSet<>();
    private final Set<String> pipelines = new TreeSet<>();
    private final Set<String> tasks = new TreeSet<>();

    /** By task, the keys it has, of those tasks that tell. */
    private final Map<String, Set<String>> told = new HashMap<>();

    /** Whether there may be tasks that nobody has seen yet. */
    private final boolean hasPlugins;

    /**
     * @param names that other places than the environment use
     * @param variables of the environment; a task that one of them declares is known by it
     * @param factories of the tasks there are without being declared
     */
    Variables(Collection<String> names, Collection<String> variables, Collection<TaskFactory> factories) {
        for (String written : names) {
            String name = PROFILE.matcher(written).replaceFirst("");
            Matcher matcher = MAP_NAME.matcher(name);
            if (matcher.matches()) {
                String inMap = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                (matcher.group(1).equals("tasks") ? tasks : pipelines).add(inMap);
            }
            if (name.startsWith("sextant.")) {
                named.add(name);
            }
            Matcher declared = DECLARED.matcher(name);
            if (declared.matches()) {
                told.put(declared.group(1) == null ? declared.group(2) : declared.group(1), DeclaredKeys.NAMES);
            }
        }
        factories.forEach(factory -> tasks.add(factory.name()));
        for (String variable : variables) {
            nameIn(DECLARATION, variable, tasks).ifPresent(name -> {
                tasks.add(name);
                told.put(name, DeclaredKeys.NAMES);
            });
            nameIn(SOURCE, variable, pipelines).ifPresent(pipelines::add);
        }
        for (TaskFactory factory : factories) {
            told.remove(factory.name());
            factory.keys().ifPresent(keys -> told.put(factory.name(), keys));
        }
        hasPlugins = named.contains(PLUGINS) || variables.contains(form(PLUGINS));
    }

    private static Optional<String> nameIn(Pattern pattern, String variable, Set<String> known) {
        Matcher matcher = pattern.matcher(variable.toUpperCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(nameOf(matcher.group(2), known)) : Optional.empty();
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

    /** Of the tasks on the class path. */
    static List<TaskFactory> factories() {
        return TaskRegistries.factories(Thread.currentThread().getContextClassLoader());
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
        return fits(name)
                .filter(fit -> fit.name().isEmpty() || pipelines.contains(fit.name()))
                .min(Fit.SHORTEST_NAME)
                .map(Fit::key);
    }

    /** What to do about a variable that stands for no key. */
    String advice(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        Optional<String> task = name.startsWith(TASKS) ? knownTask(name.substring(TASKS.length())) : Optional.empty();
        if (task.isPresent()) {
            Set<String> keys = told.getOrDefault(task.get(), Set.of());
            return keys.isEmpty()
                    ? "the task " + task.get() + " has no settings."
                    : didYouMean(keys.stream().map(key -> "sextant.tasks." + task.get() + "." + key), name);
        }
        Optional<Fit> fit = fits(name).min(Fit.SHORTEST_NAME);
        return fit.map(found -> "no file names the pipeline " + found.name() + ", nor does a variable "
                        + form("sextant.pipelines." + found.name() + ".from") + " declare it.")
                .orElseGet(() -> didYouMean(KnownKeys.nearest(dotted(variable)).stream(), name));
    }

    private static String didYouMean(Stream<String> keys, String variable) {
        List<String> forms = keys.map(Variables::form).toList();
        return "did you mean " + String.join(" or ", NearestNames.of(variable, forms)) + "?";
    }

    private Stream<Fit> fits(String variable) {
        return KnownKeys.KEYS.stream().flatMap(key -> match(key, variable).stream());
    }

    /** The variable that sets a key. */
    static String form(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * @param key as it is written in a file
     * @param name of the pipeline in it, empty where there is none
     */
    private record Fit(String key, String name) {
        static final Comparator<Fit> SHORTEST_NAME =
                Comparator.comparingInt(fit -> fit.name().length());
    }

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
            return Optional.of(new Fit(indexed, ""));
        }
        String written = matcher.group("name");
        boolean isQuoted = written.startsWith("_") && written.endsWith("_");
        if (!isQuoted && (written.startsWith("_") || written.endsWith("_"))) {
            return Optional.empty();
        }
        String name = nameOf(isQuoted ? written.substring(1, written.length() - 1) : written, pipelines);
        return Optional.of(new Fit(indexed.replace(".*.", "." + name + "."), name));
    }

    /** {@code DAY_LIGHT_DEFAULT_PROMPT}: the task's name ends where a name says that is known. */
    private Optional<String> taskKey(String text) {
        Matcher quoted = Pattern.compile("_([A-Z0-9]+(?:_[A-Z0-9]+)*)__(.+)").matcher(text);
        if (quoted.matches()) {
            String name = nameOf(quoted.group(1), tasks);
            return hasPlugins || tasks.contains(name) ? taskKey(name, quoted.group(2)) : Optional.empty();
        }
        return knownTask(text)
                .flatMap(name -> taskKey(name, text.substring(form(name).length() + 1)));
    }

    private Optional<String> knownTask(String text) {
        return tasks.stream()
                .filter(name -> text.startsWith(form(name) + "_"))
                .max(Comparator.comparingInt(String::length));
    }

    private Optional<String> taskKey(String name, String setting) {
        Matcher indexed = INDEX.matcher(setting);
        String plain = indexed.find() ? setting.substring(0, indexed.start()) : setting;
        String index = plain.length() == setting.length() ? "" : "[" + indexed.group(1) + "]";
        Set<String> keys = told.get(name);
        return (keys == null ? Set.<String>of() : keys)
                .stream()
                        .filter(key -> form(key).equals(plain))
                        .findFirst()
                        .map(key -> key + index)
                        .or(() -> written(name, setting))
                        .or(() -> keys == null
                                ? Optional.of(dashed(plain) + index + TaskRegistries.GUESSED)
                                : Optional.empty())
                        .map(key -> "sextant.tasks." + name + "." + key);
    }

    /** A task's key as another place writes it. */
    private Optional<String> written(String name, String setting) {
        String prefix = "sextant.tasks." + name + ".";
        return named.stream()
                .map(key -> key.replace("\"" + name + "\"", name))
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .filter(key -> form(key).equals(setting))
                .findFirst();
    }

    /** A key of a task that does not tell its keys, for want of knowing better: keys of tasks are written so. */
    private static String dashed(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String dotted(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** A name that is used elsewhere and is written so in a variable, else the letters with dashes between the words. */
    private static String nameOf(String text, Set<String> known) {
        return known.stream()
                .filter(name -> form(name).equals(text))
                .findFirst()
                .orElseGet(() -> dashed(text));
    }
}
