package io.sextant.app.console;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps what Sextant tells on one line: the names of images, and words of senders, may have line ends and other control characters, and
 * could pretend to be further lines of the log. They are written as {@code \n} and so on. Lets every record through.
 */
@LoggingFilter(name = "sextant-one-line")
public final class OneLineFilter implements Filter {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (String.valueOf(record.getLoggerName()).startsWith("io.sextant.")) {
            ExtLogRecord told = ExtLogRecord.wrap(record);
            String text = told.getFormattedMessage();
            if (text != null && CONTROL.matcher(text).find()) {
                record.setParameters(null);
                set(record, oneLine(text));
            }
        }
        return true;
    }

    /** As it stands, with nothing to be filled in. */
    private static void set(LogRecord record, String text) {
        if (record instanceof ExtLogRecord known) {
            known.setMessage(text, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            record.setMessage(text);
        }
    }

    static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    private static String escaped(String control) {
        return switch (control) {
            case "\n" -> "\\n";
            case "\r" -> "\\r";
            case "\t" -> "\\t";
            default -> String.format("\\u%04x", (int) control.charAt(0));
        };
    }
}
