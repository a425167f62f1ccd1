package io.sextant.app.serving;

import io.sextant.app.serving.SwitchState.Phase;
import io.sextant.core.ModelInfo;
import io.sextant.core.error.SextantException;
import io.sextant.core.model.ModelMemory;
import io.sextant.core.model.ModelSettings;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the served model for another, one exchange at a time, behind the back of the operator who asks for it. Thread-safe.
 *
 * <p>Where memory allows, the new model is loaded and tried beside the earlier one, which answers until then. Else the earlier one is
 * drained and closed first; if the new one then turns out to be of no use, the earlier one is opened again.
 */
public final class ModelSwitch {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelSwitch.class);
    private static final double GIBIBYTE = 1L << 30;

    private final ServedModel served;
    private final OpenModels models;
    private final Function<ModelSettings, ModelMemory> memory;
    private final Executor executor;
    private final ModelTrial trial;
    private final Clock clock;
    private @Nullable SwitchState last;

    /** Questions that the last model that could be asked refuses, as any may. */
    private volatile Set<String> refused = Set.of();

    /** On a thread of its own for each exchange. */
    public ModelSwitch(ServedModel served, OpenModels models, Clock clock) {
        this(served, models, ModelMemory::of, ModelSwitch::onOwnThread, clock);
    }

    /**
     * @param memory what a model needs, and what there is
     * @param executor runs an exchange, which takes as long as loading a model and answering what was asked
     */
    ModelSwitch(
            ServedModel served,
            OpenModels models,
            Function<ModelSettings, ModelMemory> memory,
            Executor executor,
            Clock clock) {
        this.served = served;
        this.models = models;
        this.memory = memory;
        this.executor = executor;
        this.trial = new ModelTrial(models.toolkit());
        this.clock = clock;
    }

    private static void onOwnThread(Runnable exchange) {
        Thread thread = new Thread(exchange, "sextant-model-switch");
        thread.setDaemon(true);
        thread.start();
    }

    /** How far the exchange is that goes on, else how the last one ended; empty before the first. */
    public synchronized Optional<SwitchState> state() {
        return Optional.ofNullable(last);
    }

    /**
     * Begins an exchange.
     *
     * @param name of the model that is wanted: a path, or {@link AskedModel#EMBEDDED}
     * @param isDrained whether the earlier model is to go first, whatever memory there is
     * @param operator who wants it, for the log
     * @return how it stands at the beginning
     * @throws SwitchUnderWayException if the model is being exchanged already
     * @throws UnusableModelException if there is no such model, or the machine is too small for it
     */
    public SwitchState begin(String name, boolean isDrained, String operator) {
        SwitchState begun = reserve(name);
        LOGGER.atInfo()
                .addKeyValue("operator", operator)
                .addKeyValue("model", name)
                .addKeyValue("drained", isDrained)
                .log("exchanging the model, as its operator wants");
        try {
            AskedModel asked = AskedModel.named(name, models.toolkit());
            boolean isTight = isDrained || !hasRoom(asked);
            SwitchState known =
                    new SwitchState(name, isTight ? Phase.DRAINING : Phase.LOADING, isTight, "", begun.since(), null);
            tell(known);
            executor.execute(() -> exchange(asked, known));
            return known;
        } catch (SextantException e) {
            fail(begun, e, "");
            throw e instanceof UnusableModelException known
                    ? known
                    : new UnusableModelException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            fail(begun, e, "");
            throw e;
        }
    }

    private synchronized SwitchState reserve(String name) {
        SwitchState before = last;
        if (before != null && before.isUnderWay()) {
            throw new SwitchUnderWayException(before.model());
        }
        SwitchState begun = new SwitchState(name, Phase.LOADING, false, "", clock.instant(), null);
        last = begun;
        return begun;
    }

    private boolean hasRoom(AskedModel asked) {
        ModelMemory room =
                memory.apply(asked.settings()).without(served.statistics().pendingBytes());
        LOGGER.atInfo()
                .addKeyValue("model", asked.name())
                .addKeyValue("needed", gibibytes(room.neededBytes()))
                .addKeyValue(
                        "available",
                        room.availableBytes().isPresent()
                                ? gibibytes(room.availableBytes().getAsLong())
                                : "unknown")
                .log(room.isEnough() ? "there is memory for both models" : "there is no memory for both models");
        return room.isEnough();
    }

    private void exchange(AskedModel asked, SwitchState begun) {
        AskedModel earlier = served.asked();
        try {
            if (served.isOpen()) {
                try (ModelLease lease = served.lease()) {
                    refused = Set.copyOf(trial.refusals(lease.model()).keySet());
                }
            }
            if (begun.isDrained()) {
                release(served.withdraw());
            }
            OpenModel next = open(asked, begun);
            CompletableFuture<@Nullable OpenModel> before = served.replace(next);
            tell(begun.in(Phase.RELEASING));
            release(before);
            tell(begun.in(Phase.DONE));
            ModelInfo info = next.info();
            LOGGER.atInfo()
                    .addKeyValue("model", info.name())
                    .addKeyValue("fingerprint", info.fingerprint())
                    .addKeyValue("drained", begun.isDrained())
                    .log("the model was exchanged");
        } catch (RuntimeException | Error e) {
            String further = served.isThere() ? "" : goBack(earlier, begun.because(reason(e)));
            fail(begun, e, further);
        }
    }

    private OpenModel open(AskedModel asked, SwitchState begun) {
        SwitchState loading = begun.in(Phase.LOADING);
        tell(loading);
        OpenModel next = models.open(asked, step -> tell(loading.at(step)));
        try {
            tell(begun.in(Phase.TRYING));
            trial.requireUsable(next, refused);
            return next;
        } catch (RuntimeException | Error e) {
            next.close();
            throw e;
        }
    }

    /** Waits for the answers that the model still owes. */
    private void release(CompletableFuture<@Nullable OpenModel> unused) {
        OpenModel model = unused.join();
        if (model != null) {
            served.close(model);
        }
    }

    /** @return what else went wrong; empty where the earlier model answers again */
    private String goBack(AskedModel earlier, SwitchState failed) {
        SwitchState back = failed.in(Phase.GOING_BACK);
        tell(back);
        try {
            release(served.replace(models.open(earlier, step -> tell(back.at(step)))));
            return "";
        } catch (RuntimeException | Error e) {
            LOGGER.atError()
                    .addKeyValue("model", earlier.name())
                    .setCause(e)
                    .log("the earlier model cannot be opened again, and nothing is answered until another is");
            return " And \"" + earlier.name() + "\" cannot be opened again: " + reason(e)
                    + " Nothing is answered until another model is named.";
        }
    }

    private void fail(SwitchState begun, Throwable failure, String further) {
        LOGGER.atError()
                .addKeyValue("model", begun.model())
                .addKeyValue("error", reason(failure))
                .setCause(failure instanceof SextantException ? null : failure)
                .log("the model was not exchanged");
        tell(begun.in(Phase.FAILED).because(reason(failure) + further));
    }

    private static String reason(Throwable failure) {
        return failure instanceof SextantException
                ? String.valueOf(failure.getMessage())
                : "Unexpected failure: " + failure;
    }

    private synchronized void tell(SwitchState state) {
        last = state;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
    }
}
