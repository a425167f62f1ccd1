package io.sextant.tasks.declared;

import io.sextant.core.message.MessageHeaders;
import io.sextant.tasks.spi.InputNeed;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A header of a message whose value a declared task puts into its prompt, where the template says {@code {header.NAME}}.
 *
 * @param name letters, digits, '-' and '_', beginning with a letter; upper and lower case differ
 * @param otherwise the task's own words for messages without it, or null if a message must have it
 */
public record HeaderInput(String name, @Nullable String otherwise) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final String OF_CAMEL = "Camel";

    /**
     * @throws IllegalArgumentException saying what a header may be called
     */
    public HeaderInput {
        Objects.requireNonNull(name, "name");
        requireName(name);
        if (otherwise != null && otherwise.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "=\" has no words behind it; write some, or leave = out.");
        }
    }

    /** @throws IllegalArgumentException saying what a header may be called */
    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name
                    + "\" cannot be read; a header is 1 to 64 letters, digits, '-' or '_', beginning with a letter,"
                    + " and =WORDS behind it are taken where a message has none.");
        }
        if (MessageHeaders.isOurs(name) || name.regionMatches(true, 0, OF_CAMEL, 0, OF_CAMEL.length())) {
            throw new IllegalArgumentException(
                    "\"" + name
                            + "\" is a header that Sextant or Camel reads and writes itself; let messages have one of another name.");
        }
    }

    /** {@code colour}, or {@code colour=red} where messages may lack it. */
    static HeaderInput parse(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new HeaderInput(text.strip(), null)
                : new HeaderInput(
                        text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip());
    }

    /** How a template names it. */
    String placeholder() {
        return "{header." + name + "}";
    }

    InputNeed need() {
        return otherwise == null ? InputNeed.REQUIRED : InputNeed.OPTIONAL;
    }

    /** As it is parsed. */
    String text() {
        return otherwise == null ? name : name + "=" + otherwise;
    }
}
