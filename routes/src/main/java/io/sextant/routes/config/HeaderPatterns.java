package io.sextant.routes.config;

import io.sextant.connectors.Connectors;
import io.sextant.core.message.MessageHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which headers of a message go on to its results.
 *
 * @param patterns names, in whatever case, with {@code *} for any letters; empty for none
 */
public record HeaderPatterns(List<String> patterns) {
    /** What stands alone for no header at all. */
    public static final String NONE = "none";

    /** They say what a message is, and would be untrue of its results. */
    private static final Set<String> OF_THE_MESSAGE_ALONE = Set.of(
            "content-type",
            "content-length",
            "content-encoding",
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_subject",
            "ce_time",
            "ce_datacontenttype",
            "ce_dataschema");

    /** They tell Camel, or a component of its that is called like a connector, where to send. */
    private static final List<String> STEERING = Stream.concat(
                    Stream.of("camel", "org.apache.camel"),
                    Connectors.standardKeys().keySet().stream().map(scheme -> scheme + "."))
            .toList();

    /** Those of W3C Trace Context and W3C Baggage. */
    public static final HeaderPatterns TRACE_CONTEXT =
            new HeaderPatterns(List.of("traceparent", "tracestate", "baggage"));

    public HeaderPatterns {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            if (pattern.isBlank() || !pattern.equals(pattern.strip())) {
                throw new IllegalArgumentException(
                        "forward-headers must be names of headers with commas between them, or \"none\", was "
                                + patterns);
            }
            if (!pattern.startsWith("*") && !isForwardable(pattern)) {
                throw new IllegalArgumentException("forward-headers names \"" + pattern
                        + "\", which says something about the message that is not true of its results; leave it out");
            }
        }
    }

    /** Of the words of a list, where the one word {@link #NONE} means no header. */
    public static HeaderPatterns of(List<String> words) {
        List<String> patterns = words.stream().map(String::strip).toList();
        return new HeaderPatterns(patterns.equals(List.of(NONE)) ? List.of() : patterns);
    }

    /** Whether a header goes on: named here, and neither ours nor about the message alone. */
    public boolean matches(String header) {
        return isForwardable(header)
                && patterns.stream()
                        .anyMatch(pattern -> expression(pattern).matcher(header).matches());
    }

    private static boolean isForwardable(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !MessageHeaders.isOurs(header)
                && !OF_THE_MESSAGE_ALONE.contains(name)
                && STEERING.stream().noneMatch(name::startsWith);
    }

    private static Pattern expression(String pattern) {
        String expression =
                List.of(pattern.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
