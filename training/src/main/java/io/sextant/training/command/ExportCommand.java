package io.sextant.training.command;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.run.ModelExport;
import io.sextant.training.run.RunFolder;
import io.sextant.training.run.RunModel;
import io.sextant.training.world.noun.Nouns;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train export}: a model folder out of a run. */
@Command(
        name = "export",
        description = "Writes a run's model as a folder that evaluate and the application open.",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    @Option(names = "--run", required = true, paramLabel = "FOLDER", description = "Of the run.")
    private Path run = Path.of(".");

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "New model folder.")
    private Path out = Path.of(".");

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "As it was at the end of this stage; by default as it is now.")
    private @Nullable String stage;

    @Option(
            names = "--type",
            paramLabel = "KIND",
            defaultValue = "bfloat16",
            description = "Of the numbers: bfloat16 (default), float16 or float32.")
    private String type = "bfloat16";

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "sextant-embedded", description = "Of the model.")
    private String name = "sextant-embedded";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter console = spec.commandLine().getOut();
        ElementType elementType = elementType();
        try (RunFolder folder = RunFolder.openToRead(run)) {
            RunModel model = RunModel.loadAsTrained(folder, Nouns.load(), Optional.ofNullable(stage));
            new ModelExport(model.dimensions(), model.parts(), elementType)
                    .write(out, name, RunModel.tokenizerFile(folder));
            if (!model.untrained().isEmpty()) {
                console.println("not trained yet: " + model.untrained());
            }
            console.println("written to " + out);
        }
        return 0;
    }

    private ElementType elementType() {
        return switch (type) {
            case "bfloat16" -> ElementType.BFLOAT16;
            case "float16" -> ElementType.FLOAT16;
            case "float32" -> ElementType.FLOAT32;
            default ->
                throw new ConfigurationException("--type=" + type + " is not known; use bfloat16, float16 or float32.");
        };
    }
}
