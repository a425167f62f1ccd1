package io.sextant.app.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a verb reads and writes: results to {@code out}, everything else to {@code err}.
 *
 * @param in what the user types or pipes in
 * @param out results only
 * @param err errors and progress
 * @param isInteractive whether somebody watches {@code err}, so that progress is worth showing
 */
public record Terminal(BufferedReader in, PrintWriter out, PrintWriter err, boolean isInteractive) {
    /** Set by the launcher, which alone can tell whether standard error is a terminal. */
    private static final String INTERACTIVE_PROPERTY = "io.sextant.terminal";

    /** Set by the launcher: how the user called it. */
    private static final String COMMAND_PROPERTY = "io.sextant.command";

    public Terminal {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(err, "err");
    }

    /** The terminal of this process. Text is UTF-8, except for what a real terminal types in its own character set. */
    public static Terminal system() {
        Console console = System.console();
        Charset typed = console == null ? StandardCharsets.UTF_8 : console.charset();
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, typed)),
                writer(System.out),
                writer(System.err),
                Boolean.getBoolean(INTERACTIVE_PROPERTY));
    }

    /** How the user runs this program again, for hints. */
    public String command() {
        return System.getProperty(COMMAND_PROPERTY, "sextant");
    }

    /** Says where long work stands; only if somebody watches. */
    public void progress(String message) {
        if (isInteractive) {
            err.println(Printable.lines(message));
            err.flush();
        }
    }

    /** Says what the user should know although nothing failed. */
    public void note(String message) {
        err.println(Printable.lines(message));
        err.flush();
    }

    /**
     * Ends work whose answers would be lost.
     *
     * @throws OutputLostException if something that was written to {@code out} did not arrive
     */
    public void requireOutput() throws OutputLostException {
        if (out.checkError()) {
            throw new OutputLostException();
        }
    }

    /** Made of the stream itself: it keeps its failures to itself, and only such a writer asks it. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
