package io.sextant.training;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.training.command.TrainCommand;
import io.sextant.training.evaluation.EvaluateCommand;
import io.sextant.training.scenes.ScenesCommand;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the training command line; its verbs are added as subcommands. */
@Command(
        name = "sextant",
        description = "Makes scenes, trains and evaluates small vision-language models.",
        mixinStandardHelpOptions = true,
        subcommands = {ScenesCommand.class, TrainCommand.class, EvaluateCommand.class})
public final class Main {
    private Main() {}

    /** Runs one verb; exit code 0, 1 (failed, also where standard output cannot be written) or 2 (wrong use or configuration). */
    public static void main(String[] arguments) {
        // Has to be said before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        // Of the stream itself, for picocli's own writer does not tell what could not be written.
        System.exit(execute(commandLine().setOut(new PrintWriter(System.out, true)), arguments));
    }

    static int execute(CommandLine line, String... arguments) {
        int exitCode = line.execute(arguments);
        line.getErr().flush();
        if (!line.getOut().checkError()) {
            return exitCode;
        }
        line.getErr()
                .println(
                        "sextant: standard output cannot be written, so that a part of it is lost; make space, or write to another place.");
        line.getErr().flush();
        return exitCode == 0 ? 1 : exitCode;
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    boolean isExpected = failure instanceof IOException
                            || (failure instanceof SextantException known && known.category() != ErrorCategory.DEFECT);
                    if (!isExpected) {
                        throw failure;
                    }
                    command.getErr().println("sextant: " + message(failure));
                    return failure instanceof SextantException known && known.category() == ErrorCategory.CONFIGURATION
                            ? 2
                            : 1;
                });
    }

    private static String message(Exception failure) {
        return failure instanceof IOException ? failure.toString() : String.valueOf(failure.getMessage());
    }
}
