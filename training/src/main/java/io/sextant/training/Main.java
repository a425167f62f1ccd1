package io.sextant.training;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import io.sextant.training.command.TrainCommand;
import io.sextant.training.evaluation.EvaluateCommand;
import io.sextant.training.scenes.ScenesCommand;
import java.io.IOException;
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

    /** Runs one verb; exit code 0, 1 (failed) or 2 (wrong use). */
    public static void main(String[] arguments) {
        // Has to be said before anything logs.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(commandLine().execute(arguments));
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
                    return 1;
                });
    }

    private static String message(Exception failure) {
        return failure instanceof IOException ? failure.toString() : String.valueOf(failure.getMessage());
    }
}
