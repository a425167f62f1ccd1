package io.sextant.app.console;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** Logging of the verbs that do not start Quarkus: warnings only, one line each, on standard error. */
final class QuietLogging {
    private QuietLogging() {}

    static void configure(boolean isVerbose) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.setLevel(isVerbose ? Level.INFO : Level.WARNING);
        Logger.getLogger("io.sextant").setLevel(isVerbose ? Level.FINE : Level.WARNING);
        // On a machine without a usable graphics processor the engine warns at every start.
        Logger.getLogger("ai.djl").setLevel(isVerbose ? Level.INFO : Level.SEVERE);
        root.addHandler(
                new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter("%-5p %c{1}: %s%e%n")));
    }
}
