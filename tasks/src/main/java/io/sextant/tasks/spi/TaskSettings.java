package io.sextant.tasks.spi;

import io.sextant.core.error.ConfigurationException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A task's settings as text, and the key they stand under, so that errors can name it.
 *
 * @param prefix full key prefix, for instance {@code sextant.tasks."detection"}
 * @param values by kebab-case key
 */
public record TaskSettings(String prefix, Map<String, String> values) {
    public TaskSettings {
        Objects.requireNonNull(prefix, "prefix");
        values = Map.copyOf(values);
    }

    /** No settings for a task of this name. */
    public static TaskSettings none(String taskName) {
        return new TaskSettings("sextant.tasks.\"" + taskName + "\"", Map.of());
    }

    /** The value of a key, or the default where it is not set. */
    public String get(String key, String defaultValue) {
        return values.getOrDefault(key, defaultValue);
    }

    /**
     * One of an enum's constants, written in kebab-case: {@code SHORT_ANSWER} is {@code short-answer}.
     *
     * @param defaultValue taken where the key is not set
     * @throws ConfigurationException naming the key, the value and what is allowed
     */
    public <E extends Enum<E>> E choice(String key, E defaultValue) {
        String value = values.get(key);
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
     * Refuses keys nobody reads.
     *
     * @throws ConfigurationException naming the first unknown key and those allowed
     */
    public void requireOnly(Set<String> allowed) {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!allowed.contains(key)) {
                throw new ConfigurationException("Unknown key " + prefix + "." + key + "; "
                        + (allowed.isEmpty()
                                ? "this task has no settings."
                                : "allowed are " + new TreeSet<>(allowed) + "."));
            }
        }
    }
}
