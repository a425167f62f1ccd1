package io.sextant.app.model;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.sextant.app.console.CommonOptions;
import io.sextant.app.console.Terminal;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model folder with random weights, for tests and benchmarks. */
@Command(
        name = "random",
        description =
                "Makes a model folder with random weights. Its answers mean nothing; it is for trying things out.",
        mixinStandardHelpOptions = true)
@RegisterForReflection
public final class RandomCommand implements Runnable {
    private final Terminal terminal;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FOLDER", description = "Is made; must hold no model yet.")
    private Path folder;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "TINY",
            description =
                    "${COMPLETION-CANDIDATES}. TINY takes milliseconds, SMALL some ten MB, MEDIUM has half the widths"
                            + " and a quarter of the depth of the released model (1.2 GB), PUBLISHED its sizes (some 30 GB);"
                            + " --sparse takes almost no space. Default: ${DEFAULT-VALUE}.")
    private Size size;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same size and seed give the same files. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--sparse",
            description =
                    "Weights are zero and lie in holes of the files: true sizes, almost no space. The seed is unused.")
    private boolean isSparse;

    /** @param terminal to say what was made */
    public RandomCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        common.applyLogging();
        terminal.progress("Writing a random model to " + folder + " ...");
        if (isSparse) {
            RandomModel.writeSparse(folder, size.dimensions());
        } else {
            RandomModel.write(folder, size.dimensions(), seed);
        }
        terminal.out().println("Made " + folder + "; its answers are meaningless random text.");
    }

    /** The sizes to choose from. */
    private enum Size {
        TINY,
        SMALL,
        MEDIUM,
        PUBLISHED;

        RandomModelSize dimensions() {
            return switch (this) {
                case TINY -> RandomModelSize.tiny();
                case SMALL -> RandomModelSize.small();
                case MEDIUM -> RandomModelSize.medium();
                case PUBLISHED -> RandomModelSize.published();
            };
        }
    }
}
