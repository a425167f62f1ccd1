package io.sextant.app;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;

/**
 * Where the application starts. Only the verb {@code run} starts Quarkus; every other verb is plain Java, so it opens no
 * port, starts no route and is quick.
 */
@QuarkusMain
public final class Main {
    private Main() {}

    /** @param arguments the command line, see {@code --help} */
    public static void main(String... arguments) {
        EngineLibraries.announce();
        Terminal terminal = Terminal.system();
        FileNames.warnOf(System.getProperty("sun.jnu.encoding"), terminal);
        System.exit(SextantCommand.execute(terminal, ModelOpener.ofFiles(), arguments));
    }
}
