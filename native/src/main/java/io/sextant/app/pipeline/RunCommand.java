package io.sextant.app.pipeline;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.FailureReport;
import io.sextant.app.console.Terminal;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.SextantSettings;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipelines of the configuration until the process is asked to stop. */
@Command(
        name = "run",
        description = "Runs the pipelines of the configuration until stopped (Ctrl-C or SIGTERM).",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--check",
            description = "Only look whether everything can be used: keys, tasks, places, the port. Opens no model.")
    private boolean isCheck;

    /** @param terminal where a failed start is told */
    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (isCheck) {
            common.applyLogging();
        }
        // Before Quarkus starts: what is wrong is told in our words and all together, not as a failed start.
        SextantSettings settings = StartCheck.requireGood(common);
        if (isCheck) {
            terminal.out()
                    .println("Nothing is wrong with the pipelines: "
                            + String.join(
                                    ", ",
                                    settings.pipelines().stream()
                                            .map(PipelineSettings::name)
                                            .toList())
                            + ".");
            return ExitCode.DONE;
        }
        AtomicInteger exitCode = new AtomicInteger(ExitCode.DONE);
        Quarkus.run(null, (code, failure) -> exitCode.set(report(code, failure)));
        return exitCode.get();
    }

    private int report(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        FailureReport.print(terminal.err(), failure, common.isVerbose());
        return ExitCode.of(FailureReport.root(failure));
    }
}
