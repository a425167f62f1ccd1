package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.objective.Objective;
import io.sextant.training.objective.PreparedBatch;
import io.sextant.training.optimiser.AdamW;
import io.sextant.training.stage.ObjectiveKind;
import io.sextant.training.stage.Part;
import io.sextant.training.stage.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains one stage in a run's folder, from where it was left or from what the stages before it made.
 *
 * <p>After a checkpoint the same steps follow in the same way, whether the process went on or was killed and started again. The
 * calling thread trains; {@link #stop} may be called from any other.
 */
public final class TrainingRun implements AutoCloseable {
    /** A gradient that is not finite now and then is left out; so many in a row come back no more. */
    private static final int MOST_BROKEN_STEPS = 50;

    private final RunFolder folder;
    private final Stage stage;
    private final Objective objective;
    private final Settings settings;
    private final PrintWriter out;
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final TrainableModel model;
    private final AdamW optimiser;
    private ModelParts parts;
    private long step;
    private double secondsBefore;
    private int brokenSteps;

    /**
     * How a session goes.
     *
     * @param longest it stops after this time, with a checkpoint; empty for no limit
     * @param betweenCheckpoints time between two of them
     * @param isTerminal whether progress is shown on one line
     */
    public record Settings(Optional<Duration> longest, Duration betweenCheckpoints, boolean isTerminal) {}

    private TrainingRun(
            RunFolder folder,
            Stage stage,
            Objective objective,
            Settings settings,
            PrintWriter out,
            TrainableModel model,
            ModelParts parts) {
        this.folder = folder;
        this.stage = stage;
        this.objective = objective;
        this.settings = settings;
        this.out = out;
        this.model = model;
        this.optimiser = new AdamW(model, stage.optimiser());
        this.parts = parts;
    }

    /**
     * Loads the run's newest checkpoint: of this stage, to go on with it; or of another one that is over, to begin with what it made.
     *
     * @param start the run's model, as of its newest checkpoint
     * @param precision of the products for a stage that begins; one that goes on keeps its own
     * @param device where it computes; another one than before gives other last digits
     * @throws ConfigurationException if another stage is not over yet, the run has gone on from this one, or the stage's file has
     *     changed since it began
     */
    public static TrainingRun open(
            RunFolder folder,
            Stage stage,
            Objective objective,
            Settings settings,
            PrintWriter out,
            RunModel start,
            ElementType precision,
            ComputeDevice device) {
        boolean isOver = isOver(folder, stage);
        Optional<Checkpoint> latest = folder.latest();
        Optional<RunState> state = latest.map(Checkpoint::state);
        boolean isSameStage = state.isPresent() && state.get().stage().equals(stage.name());
        if (state.isPresent() && !isSameStage) {
            requireNext(folder, stage, state.get(), isOver);
        }
        ElementType kept = isSameStage
                ? ElementType.valueOf(state.orElseThrow().precision().toUpperCase(Locale.ROOT))
                : precision;
        TrainableModel model = TrainableModel.create(start.dimensions(), kept, device);
        model.nameAt(stage.nounLayer(), stage.nounLabels());
        start.parts().fittedTo(model).giveTo(model, stage.trains());
        TrainingRun run = new TrainingRun(folder, stage, objective, settings, out, model, begun(stage, start.parts()));
        if (isSameStage) {
            run.restore(latest.orElseThrow(), state.orElseThrow());
        }
        return run;
    }

    /**
     * Whether a run has this stage behind it, so that nothing is left to train.
     *
     * @throws ConfigurationException if the stage's file has changed since it began
     */
    public static boolean isOver(RunFolder folder, Stage stage) {
        Optional<RunState> state = folder.latest(stage.name()).map(Checkpoint::state);
        if (state.isPresent() && !state.get().stageDigest().equals(stage.digest())) {
            throw new ConfigurationException("The file of the stage \"" + stage.name()
                    + "\" has changed since the run " + folder.path()
                    + " began it; put it back, or give the changed stage another name.");
        }
        return state.isPresent() && state.get().isFinished();
    }

    private static void requireNext(RunFolder folder, Stage stage, RunState state, boolean isOver) {
        if (isOver) {
            throw new ConfigurationException("The run " + folder.path() + " has the stage \"" + stage.name()
                    + "\" behind it and is at \"" + state.stage()
                    + "\"; to train it once more, give a copy of its file another name.");
        }
        if (!state.isFinished()) {
            throw new ConfigurationException("The run " + folder.path() + " is at step " + state.step() + " of "
                    + state.steps() + " of the stage \"" + state.stage() + "\"; finish that first.");
        }
    }

    /** A projection that answers were learned through is kept as it was, trained or not: its beginning would follow the decoder. */
    private static ModelParts begun(Stage stage, ModelParts parts) {
        return stage.objective() == ObjectiveKind.ANSWERS
                ? parts.with(Map.of(Part.PROJECTION, parts.of(Part.PROJECTION)))
                : parts;
    }

    private void restore(Checkpoint checkpoint, RunState state) {
        checkpoint
                .moments()
                .forEach((name, moments) -> optimiser.restore(
                        state.optimiserSteps().getOrDefault(name, 0L), moments.mean(), moments.square()));
        step = state.step();
        secondsBefore = state.seconds();
    }

    /** What the products are computed in. */
    public ElementType precision() {
        return model.precision();
    }

    /** Steps done so far. */
    public long step() {
        return step;
    }

    /** Makes {@link #train} stop after the step it is at, with a checkpoint. */
    public void stop() {
        isStopped.set(true);
    }

    /**
     * Trains until the stage is over or the time is up; returns whether the stage is over.
     *
     * @throws ConfigurationException if no gradient is finite any more; the checkpoints stay as they are then
     */
    public boolean train() {
        long start = System.nanoTime();
        long checkpointAt = start;
        ProgressLine progress = new ProgressLine(
                out, settings.isTerminal(), stage.name(), stage.steps(), stage.samplesPerStep(), start);
        try (Prefetcher batches = new Prefetcher(objective, step * stage.accumulate());
                CsvLog log =
                        CsvLog.open(folder.log(stage.name() + ".csv"), "step,seconds,loss,rate,gradient_norm", step);
                CsvLog scores = CsvLog.open(folder.log(stage.name() + "-scores.csv"), "step,score,value", step + 1)) {
            while (step < stage.steps() && !isStopped.get() && !isTimeUp(start)) {
                double rate = stage.rate().at(step);
                double[] result = oneStep(batches, rate);
                step++;
                long now = System.nanoTime();
                log.add("%d,%.2f,%.6g,%.6g,%.6g", step - 1, seconds(start, now), result[0], rate, result[1]);
                progress.update(step, result[0], now);
                look(result[1], progress);
                if (step % stage.measureEverySteps() == 0 || step == stage.steps()) {
                    measure(scores, progress);
                }
                if (now - checkpointAt >= settings.betweenCheckpoints().toNanos()) {
                    save(start);
                    checkpointAt = System.nanoTime();
                }
            }
        }
        LossPlot.write(folder.log(stage.name() + ".csv"), folder.log(stage.name() + ".png"));
        save(start);
        progress.say(stage.name() + " is at step " + step + " of " + stage.steps());
        return step >= stage.steps();
    }

    private void look(double gradientNorm, ProgressLine progress) {
        if (Double.isFinite(gradientNorm)) {
            brokenSteps = 0;
            return;
        }
        brokenSteps++;
        progress.say("step " + step + " changed nothing: its gradient is not finite");
        if (brokenSteps >= MOST_BROKEN_STEPS) {
            throw new ConfigurationException(
                    "The stage \"" + stage.name() + "\" has had no finite gradient in the "
                            + brokenSteps + " steps up to step " + step
                            + ", and changes nothing any more; lower rate.peak or set"
                            + " adamw.largestNorm in a stage of another name, and begin it in a copy of the run's folder as it was before.");
        }
    }

    private double[] oneStep(Prefetcher batches, double rate) {
        PreparedBatch[] all = new PreparedBatch[stage.accumulate()];
        double loss = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = batches.next();
            loss += all[i].train(model, 1f / all.length) / all.length;
        }
        double norm = optimiser.step(rate, name -> {
            for (PreparedBatch batch : all) {
                if (batch.reaches(name)) {
                    return true;
                }
            }
            return false;
        });
        return new double[] {loss, norm};
    }

    private void measure(CsvLog log, ProgressLine progress) {
        StringBuilder line = new StringBuilder("  held out, step " + step + ":");
        objective.measure(model).forEach((name, value) -> {
            log.add("%d,%s,%.5f", step, name, value);
            line.append(String.format(Locale.ROOT, "  %s %.3f", name, value));
        });
        progress.say(line.toString());
    }

    private boolean isTimeUp(long start) {
        return settings.longest().isPresent()
                && System.nanoTime() - start >= settings.longest().get().toNanos();
    }

    private double seconds(long start, long now) {
        return secondsBefore + (now - start) / 1e9;
    }

    private void save(long start) {
        parts = parts.takenFrom(model, stage.trains());
        RunState state = new RunState(
                stage.name(),
                stage.digest(),
                step,
                stage.steps(),
                seconds(start, System.nanoTime()),
                model.precision().name().toLowerCase(Locale.ROOT),
                StageSizes.of(stage),
                optimiser.steps());
        Map<String, Checkpoint.Moments> moments = new LinkedHashMap<>();
        optimiser
                .steps()
                .keySet()
                .forEach(name -> moments.put(
                        name, new Checkpoint.Moments(model.gradientMean(name), model.gradientSquare(name))));
        folder.save(state, parts, moments);
    }

    @Override
    public void close() {
        model.close();
    }
}
