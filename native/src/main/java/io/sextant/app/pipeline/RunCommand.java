package io.sextant.app.pipeline;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.FailureReport;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.ModelOpener;
import io.sextant.routes.config.PipelineSettings;
import io.sextant.routes.config.SextantSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipelines of the configuration until the process is asked to stop. */
@Command(
        name = "run",
        description =
                "Runs the pipelines of the configuration, and Camel routes of your own, until stopped (Ctrl-C or SIGTERM).",
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

    @Option(
            names = "--routes",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Also run the Camel routes of these YAML or XML files, or of all that a pattern in quotes finds, such as"
                            + " 'routes/*.yaml'. Every task is an endpoint in them, sextant:caption.")
    private List<String> routes = List.of();

    /** @param terminal where a failed start is told */
    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (isCheck) {
            common.applyLogging();
        }
        if (!routes.isEmpty()) {
            UserRoutes.choose(routes);
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
        ModelOpener.ofFiles().prepareEarly();
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
