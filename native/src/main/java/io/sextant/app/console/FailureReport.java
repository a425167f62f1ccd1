package io.sextant.app.console;

import io.sextant.core.error.SextantException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure in one message: what happened and what to do; the stack trace only on {@code --verbose}. */
public final class FailureReport {
    private FailureReport() {}

    /** For picocli: the command line itself cannot be used. */
    public static int wrongUse(ParameterException exception, String[] arguments) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(message(exception));
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.WRONG_USE;
    }

    /** For picocli: the verb failed. */
    public static int failed(Exception exception, CommandLine line, ParseResult parsed) {
        if (exception instanceof ParameterException parameter) {
            return wrongUse(parameter, new String[0]);
        }
        print(line.getErr(), exception, CommonOptions.isVerbose(parsed));
        return ExitCode.of(root(exception));
    }

    /** Writes one message, and the stack trace where asked for. */
    public static void print(PrintWriter err, Throwable failure, boolean isVerbose) {
        err.println(message(failure));
        if (isVerbose) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** The failure that says what to do: Sextant's own where there is one, else the innermost cause. */
    public static Throwable root(Throwable failure) {
        Throwable innermost = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SextantException) {
                return cause;
            }
            innermost = cause;
        }
        return innermost;
    }

    /** The message of a failure; never empty. */
    public static String message(Throwable failure) {
        Throwable root = root(failure);
        String text = root.getMessage();
        if (root instanceof SextantException || root instanceof ParameterException) {
            return "sextant: " + text;
        }
        if (root instanceof OutOfMemoryError) {
            return "sextant: Out of memory (" + text + "); give Java more with SEXTANT_JAVA_OPTIONS=-Xmx4g.";
        }
        String kind = root.getClass().getSimpleName();
        return "sextant: " + String.join(": ", text == null ? List.of(kind) : List.of(kind, text));
    }
}
