package io.sextant.training.scenes;

import io.sextant.core.error.ConfigurationException;
import io.sextant.training.output.OutputFile;
import io.sextant.training.sheet.ContactSheet;
import io.sextant.training.sheet.Tile;
import io.sextant.training.world.World;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.scene.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes scenes of the generated world as a data set. */
@Command(
        name = "scenes",
        description =
                "Writes generated scenes with questions and answers as a data set: images/ and annotations.jsonl.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class ScenesCommand implements Callable<Integer> {
    private static final int SHEET_SCENES = 40;
    private static final int PROGRESS_STEP = 100;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where the data set is written.")
    private Path out;

    @Option(names = "--count", defaultValue = "100", paramLabel = "N", description = "How many scenes.")
    private int count;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Which scenes: 0 to 2097151.")
    private long seed;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "train|validation|test",
            description = "What the scenes are for; splits share no scene, whatever the seed.")
    private Split split;

    @Option(
            names = "--sheet",
            paramLabel = "PNG",
            description = "Also draw the first scenes with their boxes and questions.")
    private @Nullable Path sheet;

    @Option(
            names = "--cache",
            paramLabel = "FOLDER",
            description =
                    "Where the images of the objects are kept; they are fetched with npm once. Default: .cache/sextant"
                            + " in the home folder.")
    private @Nullable Path cache;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (count < 1) {
            throw new ConfigurationException("--count must be at least 1, was " + count + ".");
        }
        if (seed < 0 || seed > Split.LARGEST_SEED) {
            throw new ConfigurationException("--seed must be in 0.." + Split.LARGEST_SEED + ", was " + seed + ".");
        }
        if (Files.exists(out.resolve("annotations.jsonl"))) {
            throw new ConfigurationException("--out " + out + " already holds a data set; name another folder.");
        }
        OutputFile.requireWritable("--sheet", sheet);
        PrintWriter err = spec.commandLine().getErr();
        World world = World.open(cache == null ? Renders.defaultFolder() : cache, err::println);
        List<Tile> tiles = new SceneDataSet(world, split, seed)
                .write(out, count, sheet == null ? 0 : SHEET_SCENES, done -> {
                    if (done % PROGRESS_STEP == 0) {
                        err.println(done + " of " + count + " scenes");
                    }
                });
        if (sheet != null) {
            ContactSheet.write(tiles, sheet);
        }
        spec.commandLine().getOut().println("Wrote " + count + " scenes to " + out + ".");
        return 0;
    }
}
