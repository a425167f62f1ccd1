package io.sextant.app.console;

import io.sextant.core.error.SextantException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure in one message: what happened and what to do; the stack trace only on {@code --verbose}. */
public final class FailureReport {
    private FailureReport() {}

    /** For picocli: the command line itself cannot be used. */
    public static int wrongUse(ParameterException exception, String[] arguments) {
        CommandLine line = exception.getCommandLine();
        PrintWriter err = line.getErr();
        WrongOptions.all(exception, arguments).forEach(wrong -> err.println(Printable.lines(message(wrong))));
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
        if (exception instanceof OutputLostException) {
            // Told at the end of every verb.
            return ExitCode.FAILED;
        }
        print(line.getErr(), exception, CommonOptions.isVerbose(parsed));
        return ExitCode.of(root(exception));
    }

    /** Writes one message, and the stack trace where asked for. */
    public static void print(PrintWriter err, Throwable failure, boolean isVerbose) {
        err.println(Printable.lines(message(failure)));
        if (isVerbose) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** The failure that says what to do: Sextant's own or the command line's where there is one, else the innermost
     * cause. */
    public static Throwable root(Throwable failure) {
        Throwable innermost = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // What picocli tells names the option; what caused it knows only the text.
            if (cause instanceof SextantException || cause instanceof ParameterException) {
                return cause;
            }
            innermost = cause;
        }
        return innermost;
    }

    /** The message of a failure; never empty. Only a defect is told by the name of its class. */
    public static String message(Throwable failure) {
        Throwable root = root(failure);
        String text = root.getMessage();
        if (root instanceof SextantException || root instanceof ParameterException) {
            return "sextant: " + text;
        }
        if (root instanceof TypeConversionException && text != null) {
            return "sextant: " + text;
        }
        if (root instanceof FileSystemException file) {
            return "sextant: " + fileSystem(file);
        }
        if (root instanceof OutOfMemoryError) {
            return "sextant: Out of memory (" + text + "); give Java more with SEXTANT_JAVA_OPTIONS=-Xmx4g.";
        }
        if (root instanceof IOException && text != null) {
            return "sextant: " + text;
        }
        String kind = root.getClass().getSimpleName();
        return "sextant: Defect, please report what --verbose shows: "
                + String.join(": ", text == null ? List.of(kind) : List.of(kind, text));
    }

    /** Java says these by the names of their classes alone. */
    private static String fileSystem(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return file + " does not exist; check the path.";
        }
        if (failure instanceof AccessDeniedException) {
            return file + " may not be read or written by this user; name another place, or change its permissions.";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already, and is not what is needed in its place; name another path.";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is no folder; name another path.";
        }
        return failure.getReason() == null
                ? "The file system refused " + file + "."
                : file + ": " + failure.getReason();
    }
}
