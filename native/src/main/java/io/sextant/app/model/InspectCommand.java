package io.sextant.app.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.ExitCode;
import io.sextant.app.console.Terminal;
import io.sextant.app.toolkit.Toolkit;
import io.sextant.core.model.ModelInspector;
import io.sextant.core.model.ModelReport;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is in a model folder, what is missing, what would be used and what memory it needs. */
@Command(
        name = "inspect",
        description = "Says what is in a model folder, what is missing and what memory it needs.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 usable, 1 something stands against loading it, 2 wrong use."})
@RegisterForReflection
public final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;
    private int shownPercent = -1;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "With a sextant.json, or with the published file names. Default: sextant.model.path, else the"
                    + " embedded model.")
    private @Nullable Path folder;

    @Option(
            names = "--verify",
            description = "Read every weight: checksums, NaN, infinity. Takes as long as reading the files.")
    private boolean isVerified;

    @Option(
            names = "--measure",
            description = "Load the model in each precision in turn, and measure what an answer takes on this machine.")
    private boolean isMeasured;

    @Option(names = "--json", description = "Write the report as JSON.")
    private boolean isJson;

    /** @param terminal to write the report to */
    public InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        common.applyLogging();
        Path looked = folder == null ? Toolkit.configured(common).model(null).folder() : folder;
        ModelReport report = ModelInspector.inspect(looked, isVerified, this::show);
        List<Measured> measured = isMeasured && report.isUsable() ? measure(looked) : List.of();
        if (isJson) {
            terminal.out()
                    .println(JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(ReportDocument.of(report, measured)));
        } else {
            ReportText.print(report, measured, terminal.out());
        }
        return report.isUsable() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<Measured> measure(Path looked) {
        ModelSettings settings = Toolkit.configured(common).model(looked);
        List<Measured> measured = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            if (precision != Precision.AUTO) {
                measured.add(Measured.of(
                        settings.toBuilder().precision(precision).build(),
                        step -> terminal.progress(Measured.name(precision) + ": " + step)));
            }
        }
        return measured;
    }

    private void show(Path file, long bytesRead, long bytesTotal) {
        int percent = bytesTotal == 0 ? 100 : (int) (100 * bytesRead / bytesTotal);
        if (percent != shownPercent) {
            shownPercent = percent;
            terminal.progress(String.format(Locale.ROOT, "%3d%% %s", percent, file.getFileName()));
        }
    }
}
