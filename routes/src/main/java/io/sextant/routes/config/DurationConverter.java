package io.sextant.routes.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Reads {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}, {@code 1d}, plain {@code 0}, and ISO-8601's {@code PT2.5S}. */
public final class DurationConverter implements Converter<Duration> {
    private static final long serialVersionUID = 1L;
    private static final Pattern SHORT_FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** Made by the configuration. */
    public DurationConverter() {}

    @Override
    public Duration convert(String value) {
        String text = value.strip().toLowerCase(Locale.ROOT);
        Matcher matcher = SHORT_FORM.matcher(text);
        if (matcher.matches()) {
            return of(Long.parseLong(matcher.group(1)), matcher.group(2));
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + value + "\" is no duration; write 500ms, 2s, 5m, 1h or 1d", e);
        }
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new IllegalStateException("Unknown unit " + unit);
        };
    }
}
