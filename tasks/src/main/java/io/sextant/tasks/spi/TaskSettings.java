package io.sextant.tasks.spi;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.NearestNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's settings as text, and the key they stand under, so that errors can name it. They remember what was read of them; any
 * thread may read.
 *
 * @since 0.1
 */
public final class TaskSettings {
    private static final Logger LOGGER = LoggerFactory.getLogger(TaskSettings.class);

    private final String prefix;
    private final Map<String, String> values;
    private final Set<String> guessed;

    /** What was read of guessed keys, by the key that it was asked for by. */
    private final Map<String, String> read = new ConcurrentHashMap<>();

    /**
     * @param prefix full key prefix, for instance {@code sextant.tasks."detection"}
     * @param values by kebab-case key
     * @param guessed those keys of {@code values} that were made of an environment variable, which does not say how a key is
     *     written: {@code DEFAULT_PROMPT} is here as {@code default-prompt}, and is the value of {@code default.prompt} too
     */
    public TaskSettings(String prefix, Map<String, String> values, Set<String> guessed) {
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.values = Map.copyOf(values);
        this.guessed = Set.copyOf(guessed);
    }

    /** Settings whose keys all are written as the task writes them. */
    public TaskSettings(String prefix, Map<String, String> values) {
        this(prefix, values, Set.of());
    }

    /** No settings for a task of this name. */
    public static TaskSettings none(String taskName) {
        return new TaskSettings("sextant.tasks.\"" + taskName + "\"", Map.of());
    }

    /** The full key prefix, for instance {@code sextant.tasks."detection"}. */
    public String prefix() {
        return prefix;
    }

    /** All of them, by key. Whoever asks has read every guessed one. */
    public Map<String, String> values() {
        guessed.forEach(guess -> read.putIfAbsent(guess, values.get(guess)));
        return values;
    }

    /** The keys of {@link #values} that were made of an environment variable, and may be no settings of the task at all. */
    public Set<String> guessed() {
        return guessed;
    }

    /**
     * What makes the task another, and is part of its results' ids: the keys that are written, and those guessed that were read so
     * far, as they were asked for.
     */
    public Map<String, String> definition() {
        Map<String, String> definition = new HashMap<>(read);
        values.forEach((key, value) -> {
            if (!guessed.contains(key)) {
                definition.put(key, value);
            }
        });
        return Map.copyOf(definition);
    }

    /** The value of a key, or the default where it is not set. */
    public String get(String key, String defaultValue) {
        String value = value(key);
        return value == null ? defaultValue : value;
    }

    private @Nullable String value(String key) {
        String value = values.get(key);
        if (value != null && !guessed.contains(key)) {
            return value;
        }
        Optional<String> guess = guessed.stream()
                .filter(name -> form(name).equals(form(key)))
                .map(values::get)
                .findFirst();
        guess.ifPresent(found -> read.put(key, found));
        return guess.orElse(null);
    }

    /** How an environment variable writes a key. */
    private static String form(String key) {
        return key.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * One of an enum's constants, written in kebab-case: {@code SHORT_ANSWER} is {@code short-answer}.
     *
     * @param defaultValue taken where the key is not set
     * @throws ConfigurationException naming the key, the value and what is allowed
     */
    public <E extends Enum<E>> E choice(String key, E defaultValue) {
        String value = value(key);
        if (value == null) {
            return defaultValue;
        }
        Set<String> allowed = new TreeSet<>();
        for (E constant : defaultValue.getDeclaringClass().getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(value)) {
                return constant;
            }
            allowed.add(name);
        }
        throw new ConfigurationException(
                prefix + "." + key + "=" + value + " is not known; allowed are " + allowed + ".");
    }

    /**
     * A number, written with a point.
     *
     * @param defaultValue taken where the key is not set
     * @param least smallest allowed
     * @param most largest allowed
     * @throws ConfigurationException naming the key, the value and what is allowed
     */
    public double number(String key, double defaultValue, double least, double most) {
        String value = value(key);
        if (value == null) {
            return defaultValue;
        }
        try {
            double number = Double.parseDouble(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw new ConfigurationException(
                prefix + "." + key + "=" + value + " must be a number in " + least + ".." + most + ".");
    }

    /**
     * Refuses keys nobody reads. One that is guessed from an environment variable is warned about instead.
     *
     * @throws ConfigurationException naming all unknown keys and those allowed
     */
    public void requireOnly(Set<String> allowed) {
        List<String> unknown = new ArrayList<>();
        for (String key : new TreeSet<>(values.keySet())) {
            if (allowed.contains(key)) {
                continue;
            }
            if (!guessed.contains(key)) {
                unknown.add("Unknown key " + prefix + "." + key + "; "
                        + (allowed.isEmpty()
                                ? "this task has no settings."
                                : "allowed are " + new TreeSet<>(allowed) + "."));
                continue;
            }
            if (allowed.stream().noneMatch(known -> form(known).equals(form(key)))) {
                LOGGER.warn(
                        "An environment variable sets {}.{}, which is no key and is not read; {}",
                        prefix,
                        key,
                        advice(key, allowed));
            }
        }
        if (!unknown.isEmpty()) {
            throw ConfigurationException.of(unknown, null);
        }
    }

    private String advice(String key, Set<String> allowed) {
        return allowed.isEmpty()
                ? "this task has no settings."
                : NearestNames.of(key, allowed).stream()
                        .map(known -> form(prefix + "." + known))
                        .collect(Collectors.joining(" or ", "did you mean ", "?"));
    }
}
