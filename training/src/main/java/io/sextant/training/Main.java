package io.sextant.training;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry of the training command line; its verbs are added as subcommands. */
@Command(
        name = "sextant",
        description = "Makes scenes, trains and evaluates small vision-language models.",
        mixinStandardHelpOptions = true,
        subcommands = {})
public final class Main {
    private Main() {}

    /** Runs one verb; exit code 0, 1 (failed) or 2 (wrong use). */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
