package io.sextant.app;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.ask.AskCommand;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.FailureReport;
import io.sextant.app.console.OutputLostException;
import io.sextant.app.console.Terminal;
import io.sextant.app.console.VersionText;
import io.sextant.app.demo.DemoCommand;
import io.sextant.app.enqueue.EnqueueCommand;
import io.sextant.app.model.InspectCommand;
import io.sextant.app.model.ModelCommand;
import io.sextant.app.model.RandomCommand;
import io.sextant.app.pipeline.RunCommand;
import io.sextant.app.playground.PlaygroundCommand;
import io.sextant.app.playground.ResultsCommand;
import io.sextant.app.playground.SendCommand;
import io.sextant.app.replay.ReplayCommand;
import io.sextant.app.tasks.CheckCommand;
import io.sextant.app.tasks.TasksCommand;
import io.sextant.app.toolkit.ModelOpener;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The command {@code sextant} itself: it only knows its verbs. */
@Command(
        name = "sextant",
        description = "Six vision-language tasks, one model in the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Verbs of the training module, started in the same way:",
            "  scenes      Draws labelled scenes of the embedded model's world.",
            "  train       Trains a model stage by stage, and exports it.",
            "  evaluate    Scores a model on scenes.",
            "",
            "A verb of the launcher:",
            "  aot-cache   Makes later starts faster, once for each JDK 25 or newer.",
            "",
            "Exit codes: 0 done, 1 something failed, 2 wrong use or configuration."
        })
@RegisterForReflection
public final class SextantCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /**
     * Runs one command line.
     *
     * @param terminal to read from and write to
     * @param opener opens the model, for the verbs that ask it
     * @param arguments verb, options and files
     * @return the exit code, see {@link ExitCode}
     */
    public static int execute(Terminal terminal, ModelOpener opener, String... arguments) {
        CommandLine line = new CommandLine(new SextantCommand())
                .addSubcommand(new AskCommand(terminal, opener))
                .addSubcommand(new DemoCommand(terminal, opener))
                .addSubcommand(new RunCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new EnqueueCommand(terminal))
                .addSubcommand(
                        new CommandLine(new TasksCommand(terminal)).addSubcommand(new CheckCommand(terminal, opener)))
                .addSubcommand(new CommandLine(new PlaygroundCommand(terminal))
                        .addSubcommand(new SendCommand(terminal))
                        .addSubcommand(new ResultsCommand(terminal)))
                .addSubcommand(new CommandLine(new ModelCommand())
                        .addSubcommand(new InspectCommand(terminal))
                        .addSubcommand(new RandomCommand(terminal)))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExecutionStrategy(SextantCommand::runVerb)
                .setParameterExceptionHandler(FailureReport::wrongUse)
                .setExecutionExceptionHandler(FailureReport::failed);
        int exitCode = line.execute(arguments);
        terminal.err().flush();
        if (!terminal.out().checkError()) {
            return exitCode;
        }
        FailureReport.print(terminal.err(), new OutputLostException(), false);
        return exitCode == ExitCode.DONE ? ExitCode.FAILED : exitCode;
    }

    /** Errors are told in one message as well, such as memory that is too small; picocli hands on exceptions alone. */
    private static int runVerb(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which verb to run.");
    }
}
