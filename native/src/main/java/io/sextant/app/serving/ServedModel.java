package io.sextant.app.serving;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.ModelInfo;
import io.sextant.core.ModelStatistics;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ResourceExhaustedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The model the application answers with, whichever that is at the moment. Whoever asks takes a lease on it, and a model stays open until
 * its last lease has ended: no answer mixes two. Thread-safe.
 */
public final class ServedModel implements VisionLanguageModel {
    /*
     * All state is under the lock; futures are completed outside of it, for what follows them runs at once. `newest` is what is told of the
     * model; `current` is the same while it can be asked, and null between a model that was withdrawn and the next. `open` holds every
     * model that has not been closed: beside the current one those that were replaced and still have leases.
     */
    private static final String STOPPED =
            "The application is being stopped, and its model answers nothing more; ask again when it runs.";

    private final Object lock = new Object();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<CompletableFuture<ModelLease>> waiting = new LinkedHashSet<>();
    private final List<Held> open = new ArrayList<>();
    private OpenModel newest;
    private @Nullable Held current;
    private ModelStatistics closed = ModelStatistics.NONE;
    private boolean isStopped;

    /** Takes ownership of the first model. */
    public ServedModel(OpenModels models, AskedModel first) {
        this(models.open(first, step -> {}));
    }

    ServedModel(OpenModel first) {
        newest = first;
        current = new Held(first);
        open.add(current);
    }

    /**
     * The right to ask the model.
     *
     * @throws ModelAwayException if there is none to ask at the moment
     */
    public ModelLease lease() {
        synchronized (lock) {
            if (isStopped) {
                throw new ResourceExhaustedException(STOPPED);
            }
            if (current == null) {
                throw new ModelAwayException(
                        "The model is being exchanged for another, and there is no memory for both; ask"
                                + " again in a while.");
            }
            return current.lease();
        }
    }

    /**
     * The right to ask the model, once there is one to ask; cancelling it gives it up. What waits holds what it is to ask, so no more of
     * it waits than the model takes.
     *
     * @param deadline when it is of no use any more; null if it always is
     * @return fails with a {@link ModelBusyException} if too many wait, a {@link DeadlineExceededException} if there is no model by then,
     *     a {@link ResourceExhaustedException} once the application is stopped
     */
    CompletableFuture<ModelLease> leaseLater(@Nullable Instant deadline) {
        int capacity = newest().asked().settings().queueCapacity();
        return leaseLater(deadline, capacity);
    }

    private CompletableFuture<ModelLease> leaseLater(@Nullable Instant deadline, int capacity) {
        CompletableFuture<ModelLease> lease = new CompletableFuture<>();
        synchronized (lock) {
            if (isStopped) {
                return CompletableFuture.failedFuture(new ResourceExhaustedException(STOPPED));
            }
            Held held = current;
            if (held != null) {
                lease.complete(held.lease());
                return lease;
            }
            if (waiting.size() >= capacity) {
                return CompletableFuture.failedFuture(new ModelBusyException("The model is being exchanged, and "
                        + waiting.size() + " requests wait for the next one, as many as it takes; send this one again"
                        + " later, or raise sextant.model.queue-capacity."));
            }
            waiting.add(lease);
        }
        lease.whenComplete((granted, failure) -> forget(lease));
        if (deadline != null) {
            endAt(deadline, lease);
        }
        return lease;
    }

    private void forget(CompletableFuture<ModelLease> lease) {
        synchronized (lock) {
            waiting.remove(lease);
        }
    }

    /** What follows a lease runs on a thread of its own, as timers have but one for all. */
    private static void endAt(Instant deadline, CompletableFuture<ModelLease> lease) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.thenRunAsync(() -> lease.completeExceptionally(new DeadlineExceededException("The deadline " + deadline
                + " passed while the model was being exchanged; give it more time, or ask again in a while.")));
        long millis = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
        timer.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS);
        lease.whenComplete((granted, failure) -> timer.cancel(false));
    }

    /**
     * The right to ask the model; waits while there is none to ask, however many wait: there are no more of them than threads.
     *
     * @param deadline when it is of no use any more; null if it always is
     * @throws DeadlineExceededException if there is no model by then
     * @throws ResourceExhaustedException if the wait was interrupted, or the application is stopped
     */
    public ModelLease awaitLease(@Nullable Instant deadline) {
        CompletableFuture<ModelLease> lease = leaseLater(deadline, Integer.MAX_VALUE);
        try {
            return lease.get();
        } catch (InterruptedException e) {
            withdraw(lease);
            Thread.currentThread().interrupt();
            throw new ResourceExhaustedException("Stopped while the model was being exchanged; it comes again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeadlineExceededException late) {
                throw late;
            }
            throw new ResourceExhaustedException(STOPPED, e);
        }
    }

    /** A lease may have come meanwhile. */
    private static void withdraw(CompletableFuture<ModelLease> lease) {
        if (!lease.cancel(false)) {
            lease.thenAccept(ModelLease::close);
        }
    }

    /**
     * Puts another model in the place of the current one, if there is one; who waits gets it. Owns it from now on.
     *
     * @return completes with the earlier model when nobody asks it any more; at once where there was none
     */
    CompletableFuture<@Nullable OpenModel> replace(OpenModel next) {
        List<CompletableFuture<ModelLease>> served;
        List<ModelLease> leases = new ArrayList<>();
        CompletableFuture<@Nullable OpenModel> earlier;
        synchronized (lock) {
            if (isStopped) {
                next.close();
                return CompletableFuture.completedFuture(null);
            }
            earlier = retire();
            Held held = new Held(next);
            newest = next;
            current = held;
            open.add(held);
            served = List.copyOf(waiting);
            waiting.clear();
            served.forEach(each -> leases.add(held.lease()));
        }
        for (int i = 0; i < served.size(); i++) {
            if (!served.get(i).complete(leases.get(i))) {
                leases.get(i).close();
            }
        }
        listeners.forEach(Runnable::run);
        return earlier;
    }

    /**
     * Takes the current model away: who asks waits for the next one.
     *
     * @return completes with it when nobody asks it any more; at once where there is none
     */
    CompletableFuture<@Nullable OpenModel> withdraw() {
        synchronized (lock) {
            return retire();
        }
    }

    private CompletableFuture<@Nullable OpenModel> retire() {
        Held held = current;
        current = null;
        return held == null ? CompletableFuture.completedFuture(null) : held.retire();
    }

    /** Closes a model that was replaced or withdrawn, and that nobody asks any more. What it did stays counted. */
    void close(OpenModel model) {
        model.close();
        synchronized (lock) {
            open.removeIf(held -> held.model == model);
            closed = closed.plus(model.model().statistics().counted());
        }
    }

    /** Is run, by the thread that does it, whenever another model has taken the place. */
    public void whenReplaced(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether there is a model to ask. */
    public boolean isThere() {
        synchronized (lock) {
            return current != null;
        }
    }

    /** Whether there is a model to ask, and it answers. */
    @Override
    public boolean isOpen() {
        Held held;
        synchronized (lock) {
            held = current;
        }
        return held != null && held.model.model().isOpen();
    }

    /** The model that is asked, or was asked last. */
    OpenModel newest() {
        synchronized (lock) {
            return newest;
        }
    }

    /** Which model that is. */
    public AskedModel asked() {
        return newest().asked();
    }

    /** When it was opened. */
    public Instant since() {
        return newest().since();
    }

    /** Of the model that is asked, or was asked last. */
    @Override
    public ModelInfo info() {
        return newest().info();
    }

    /** Waits where no model can be asked at the moment. */
    @Override
    public CompletionStage<GenerationResult> submit(GenerationRequest request) {
        return Leased.ask(
                leaseLater(request.deadline()),
                lease -> lease.model().model().submit(request).toCompletableFuture());
    }

    /** Of all models together that were asked since the start. */
    @Override
    public ModelStatistics statistics() {
        List<Held> now;
        ModelStatistics sum;
        synchronized (lock) {
            now = List.copyOf(open);
            sum = closed;
        }
        for (Held held : now) {
            sum = held.model.model().statistics().plus(sum);
        }
        return sum;
    }

    /** Who waits for a model is refused, and nobody gets one any more; answers that are being written are. */
    public void stop() {
        List<CompletableFuture<ModelLease>> refused;
        synchronized (lock) {
            isStopped = true;
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(lease -> lease.completeExceptionally(new ResourceExhaustedException(STOPPED)));
    }

    /** Waits for running answers and frees the models; may be called twice. */
    @Override
    public void close() {
        stop();
        List<Held> left;
        synchronized (lock) {
            current = null;
            left = List.copyOf(open);
        }
        left.forEach(held -> held.model.close());
    }

    /** A model and who asks it. */
    private final class Held {
        private final OpenModel model;
        private final CompletableFuture<@Nullable OpenModel> unused = new CompletableFuture<>();
        private int leases;
        private boolean isRetired;

        Held(OpenModel model) {
            this.model = model;
        }

        /** Under the lock. */
        ModelLease lease() {
            leases++;
            return new ModelLease(model, this::end);
        }

        /** Under the lock; what waits for the model to be unused never runs at once. */
        CompletableFuture<@Nullable OpenModel> retire() {
            isRetired = true;
            return leases == 0 ? CompletableFuture.completedFuture(model) : unused;
        }

        private void end() {
            boolean isUnused;
            synchronized (lock) {
                leases--;
                isUnused = isRetired && leases == 0;
            }
            if (isUnused) {
                unused.complete(model);
            }
        }
    }
}
