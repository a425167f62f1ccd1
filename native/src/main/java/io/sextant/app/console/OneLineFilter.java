package io.sextant.app.console;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps what Sextant tells on one line: the names of images, and words of senders, may have line ends and other control characters, and
 * could pretend to be further lines of the log. They are written as {@code \n} and so on. Lets every record through.
 */
@LoggingFilter(name = "sextant-one-line")
public final class OneLineFilter implements Filter {
    @Override
    public boolean isLoggable(LogRecord record) {
        if (String.valueOf(record.getLoggerName()).startsWith("io.sextant.")) {
            ExtLogRecord told = ExtLogRecord.wrap(record);
            String text = told.getFormattedMessage();
            String line = text == null ? null : Printable.line(text);
            if (line != null && !line.equals(text)) {
                record.setParameters(null);
                set(record, line);
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
}
