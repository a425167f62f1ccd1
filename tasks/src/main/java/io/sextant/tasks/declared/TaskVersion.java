package io.sextant.tasks.declared;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a task that has versions, {@code daylight@2}. Without the version it means the highest there is.
 *
 * @param name without the version
 * @param number 1 or more
 */
public record TaskVersion(String name, int number) {
    private static final char MARK = '@';
    private static final Pattern NAME = Pattern.compile("(.+)@([1-9]\\d{0,5})");

    public TaskVersion {
        Objects.requireNonNull(name, "name");
        if (number < 1) {
            throw new IllegalArgumentException("A version is 1 or more, was " + number);
        }
    }

    /** What a name says; empty if it says no version, as most do. */
    public static Optional<TaskVersion> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new TaskVersion(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** A task's name without its version, if it has one. */
    public static String plain(String name) {
        return parse(name).map(TaskVersion::name).orElse(name);
    }

    /**
     * The highest version of each name that has versions.
     *
     * @param tasks by name
     */
    public static <T> Map<String, T> highest(Map<String, T> tasks) {
        Map<String, TaskVersion> versions = new HashMap<>();
        for (String full : tasks.keySet()) {
            parse(full)
                    .ifPresent(version -> versions.merge(
                            version.name(), version, (one, other) -> one.number() > other.number() ? one : other));
        }
        Map<String, T> highest = new HashMap<>();
        versions.forEach((name, version) -> highest.put(name, Objects.requireNonNull(tasks.get(version.text()))));
        return highest;
    }

    /** {@code daylight@2}. */
    public String text() {
        return name + MARK + number;
    }
}
