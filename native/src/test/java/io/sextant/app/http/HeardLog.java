package io.sextant.app.http;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Hears the log while it is open, on whatever thread something is logged. */
final class HeardLog extends Handler implements AutoCloseable {
    private final Consumer<ExtLogRecord> heard;

    HeardLog(Consumer<ExtLogRecord> heard) {
        this.heard = heard;
        setLevel(Level.ALL);
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        heard.accept(ExtLogRecord.wrap(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
