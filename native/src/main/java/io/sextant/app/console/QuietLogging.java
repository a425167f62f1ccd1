package io.sextant.app.console;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Logging of the verbs that do not start Quarkus: warnings only, one line each, on standard error. */
final class QuietLogging {
    private QuietLogging() {}

    static void configure(boolean isVerbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(isVerbose ? Level.FINE : Level.WARNING);
        root.addHandler(new LineHandler(System.err));
    }

    private static final class LineHandler extends Handler {
        private final PrintStream stream;

        LineHandler(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public void publish(LogRecord record) {
            stream.println(record.getLevel() + " " + record.getLoggerName() + ": " + record.getMessage());
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {}
    }
}
