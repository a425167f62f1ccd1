package io.sextant.training.command;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.training.objective.AnswerObjective;
import io.sextant.training.objective.Objective;
import io.sextant.training.objective.PatchObjective;
import io.sextant.training.run.PrecisionChoice;
import io.sextant.training.run.RunFolder;
import io.sextant.training.run.RunModel;
import io.sextant.training.run.TrainingRun;
import io.sextant.training.stage.ObjectiveKind;
import io.sextant.training.stage.Stage;
import io.sextant.training.stage.StageFile;
import io.sextant.training.world.World;
import io.sextant.training.world.render.Renders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: one stage, from where it was left. */
@Command(
        name = "train",
        description = "Trains one stage of a run; started again, it goes on where it was, also after a kill.",
        mixinStandardHelpOptions = true,
        subcommands = {ExportCommand.class, FamiliarityCommand.class, TokenizerCommand.class})
public final class TrainCommand implements Callable<Integer> {
    private static final Logger LOGGER = LoggerFactory.getLogger(TrainCommand.class);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);
    private static final int MOST_MINUTES = 1_000_000;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "A stage file, or the name of one that comes along, such as encoder.")
    private String stageName = "";

    @Option(names = "--run", paramLabel = "FOLDER", description = "Where checkpoints and logs are kept.")
    private @Nullable Path run;

    @Option(names = "--minutes", paramLabel = "N", description = "Stop after this time, with a checkpoint.")
    private @Nullable Double minutes;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Time between checkpoints, 5 by default; 0 for one after every step.")
    private double checkpointMinutes = 5;

    @Option(
            names = "--precision",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "Of the products: float32, bfloat16, or auto, which measures (the default).")
    private String precision = "auto";

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "cpu, cuda, cuda:1 and so on, or auto, which takes the first GPU there is (the default).")
    private String deviceName = "auto";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (stageName.isEmpty() || run == null) {
            throw new ParameterException(spec.commandLine(), "train needs --stage and --run");
        }
        TrainingRun.Settings settings = settings();
        PrecisionChoice.requireKnown(precision);
        ComputeDevice device = ComputeDevice.of("--device", deviceName);
        Stage stage = StageFile.read(stageName);
        try (RunFolder folder = RunFolder.open(run)) {
            if (TrainingRun.isOver(folder, stage)) {
                out.println(stage.name() + " is over in " + run);
                out.flush();
                return 0;
            }
            World world = World.open(Renders.defaultFolder(), out::println);
            PrecisionChoice choice = PrecisionChoice.of(precision, device);
            RunModel model = RunModel.load(folder, world.nouns()).asIn(stage);
            try (TrainingRun training = TrainingRun.open(
                    folder, stage, objective(stage, world, model), settings, out, model, choice.precision(), device)) {
                out.println("on " + device.name() + ", products in "
                        + training.precision().name().toLowerCase(Locale.ROOT) + " ("
                        + choice.reason() + "), from step " + training.step());
                out.flush();
                CountDownLatch over = new CountDownLatch(1);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(training, over), "stop"));
                try {
                    training.train();
                } finally {
                    over.countDown();
                }
            }
        }
        return 0;
    }

    private static Objective objective(Stage stage, World world, RunModel model) {
        return stage.objective() == ObjectiveKind.PATCHES
                ? new PatchObjective(world, stage, model.dimensions().vision())
                : new AnswerObjective(world, stage, model.dimensions(), model.tokenizer());
    }

    /** Waits for the last checkpoint, not for the thread: that one ends in an exit, which waits for this hook. */
    private static void stopAndWait(TrainingRun training, CountDownLatch over) {
        training.stop();
        try {
            if (!over.await(LONGEST_STOP.toMinutes(), TimeUnit.MINUTES)) {
                LOGGER.atWarn().addKeyValue("waited", LONGEST_STOP).log("the last checkpoint is not written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private TrainingRun.Settings settings() {
        if (minutes != null && !(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new ConfigurationException(
                    "--minutes must be more than 0 and at most " + MOST_MINUTES + ", was " + minutes + ".");
        }
        if (!(checkpointMinutes >= 0 && checkpointMinutes <= MOST_MINUTES)) {
            throw new ConfigurationException(
                    "--checkpoint-minutes must be in 0.." + MOST_MINUTES + ", was " + checkpointMinutes + ".");
        }
        return new TrainingRun.Settings(
                Optional.ofNullable(minutes).map(TrainCommand::duration),
                duration(checkpointMinutes),
                Boolean.getBoolean("io.sextant.terminal"));
    }

    private static Duration duration(double minutes) {
        return Duration.ofMillis((long) (60_000 * minutes));
    }
}
