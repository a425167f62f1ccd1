package io.sextant.core.internal.schedule;

import io.sextant.core.ModelStatistics;
import io.sextant.core.error.DeadlineExceededException;
import io.sextant.core.error.ModelBusyException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.error.SextantException;
import io.sextant.core.internal.cache.BlockCopy;
import io.sextant.core.internal.cache.PrefixCache;
import io.sextant.core.internal.sequence.Generation;
import io.sextant.core.internal.sequence.Sequence;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests side by side on one model. The body of a loop: {@link #runOnce} does one step, and a
 * {@link SchedulerRunner}, or a test, calls it again and again.
 *
 * <h2>One step</h2>
 *
 * Who was cancelled or is late goes. Who waits comes in, in the order of the {@link WaitingLine}, if all the blocks it needs are there
 * ({@link Admission}). Then one call of the decoder computes the next token of every running answer, and of prompts as many pieces as
 * fit beside them; if an image is needed for that, one is encoded first. Then every answer chooses its next token, and those that are
 * complete leave. What one answer gets from a step never depends on the others in it.
 *
 * <p>A model may have weights for which a faster form is still to be made. That is done where there is no step to do, and after each step with a
 * prompt, one weight at a time, so that a model which is never without requests comes to it too.
 *
 * <p>{@link #submit} and {@link #statistics} may be called by any thread, everything else by one.
 */
final class Scheduler implements AutoCloseable {
    private final ModelSteps model;
    private final PrefixCache cache;
    private final Admission admission;
    private final WaitingLine line;
    private final int replica;
    private final int mostRunning;
    private final Clock clock;
    private final Counters counters = new Counters();
    private final List<ActiveAnswer> running = new ArrayList<>();
    private final List<PendingPrefix> pending = new ArrayList<>();
    private final List<BlockCopy> copies = new ArrayList<>();
    private volatile Standing standing;
    private volatile boolean isClosed;

    /**
     * @param model computes; closed with this
     * @param cache the blocks there are
     * @param line requests that wait, shared with other replicas
     * @param replica which replica of the model this is, from 0
     * @param mostRunning sequences that are computed side by side at most
     * @param executor completes answers
     * @param clock tells deadlines
     */
    Scheduler(
            ModelSteps model,
            PrefixCache cache,
            LlamaTokenizer tokenizer,
            WaitingLine line,
            int replica,
            int mostRunning,
            Executor executor,
            Clock clock) {
        this.model = model;
        this.cache = cache;
        this.admission = new Admission(cache, tokenizer, executor);
        this.line = line;
        this.replica = replica;
        this.mostRunning = mostRunning;
        this.clock = clock;
        this.standing = Standing.of(0, cache);
    }

    /** Takes a request into the line, or refuses it at once. Any thread. */
    void submit(Submission submission) {
        SextantException refusal = refusal(submission);
        if (refusal == null && !line.offer(submission)) {
            counters.refused.increment();
            refusal = new ModelBusyException(
                    "The model has " + line.capacity()
                            + " requests waiting, as many as it takes; send this one again later, or raise sextant.model.queue-capacity.");
        }
        if (refusal == null && isClosed && line.remove(submission)) {
            refusal = closed();
        }
        if (refusal != null) {
            submission.answer().completeExceptionally(refusal);
        }
    }

    private @Nullable SextantException refusal(Submission submission) {
        if (isClosed) {
            return closed();
        }
        if (submission.price() > cache.pool().capacity()) {
            int size = cache.pool().blockSize();
            return new ResourceExhaustedException("The request needs room for " + submission.price() * size
                    + " positions (a prompt of " + submission.prompt().length() + " and an answer of up to "
                    + submission.prompt().maxNewTokens() + " tokens), the model's cache has "
                    + cache.pool().capacity() * size
                    + "; raise sextant.model.cache-size, or lower the longest answer.");
        }
        Instant deadline = submission.request().deadline();
        if (deadline != null && !clock.instant().isBefore(deadline)) {
            counters.late.increment();
            return late(submission, "before it was begun");
        }
        return null;
    }

    /**
     * One step.
     *
     * @return how much was done; 0 if there is nothing to do
     */
    int runOnce() {
        int done = dropEnded();
        copyForked();
        done += admit();
        Step step = new Step(model.mostPositions());
        collectAnswers(step);
        int ofAnswers = step.parts().size();
        done += collectPrompts(step);
        done += compute(step);
        if (step.parts().size() > ofAnswers) {
            model.makeFaster();
        }
        standing = Standing.of(running.size(), cache);
        return done;
    }

    /** Makes later steps faster, for less than a step takes; false if they are as fast as they get. For when there is no step to do. */
    boolean makeFaster() {
        return model.makeFaster();
    }

    /** Whether a step has something to do, or to wait for. */
    boolean hasWork() {
        return !running.isEmpty() || line.size() > 0;
    }

    /** Who was cancelled or is late goes. */
    private int dropEnded() {
        Instant now = clock.instant();
        List<Submission> gone = line.removeAll(s -> s.answer().isDone() || isLate(s, now));
        for (Submission submission : gone) {
            if (submission.answer().isDone()) {
                counters.cancelled.increment();
            } else {
                counters.late.increment();
                admission.delivery(submission).fail(late(submission, "before it was begun"));
            }
        }
        int count = gone.size();
        for (ActiveAnswer answer : List.copyOf(running)) {
            if (answer.submission.answer().isDone()) {
                counters.cancelled.increment();
                leave(answer, () -> {});
                count++;
            } else if (isLate(answer.submission, now)) {
                counters.late.increment();
                int tokens = answer.search.written().length;
                leave(
                        answer,
                        () -> answer.delivery.fail(
                                late(answer.submission, "after " + tokens + " tokens of its answer")));
                count++;
            }
        }
        return count;
    }

    private static boolean isLate(Submission submission, Instant now) {
        Instant deadline = submission.request().deadline();
        return deadline != null && !now.isBefore(deadline);
    }

    private int admit() {
        int admitted = 0;
        while (line.offerNext(replica, this::tryAdmit)) {
            admitted++;
        }
        return admitted;
    }

    private boolean tryAdmit(Submission next) {
        int sequences =
                running.stream().mapToInt(answer -> answer.submission.width()).sum();
        if (sequences > 0 && sequences + next.width() > mostRunning) {
            return false;
        }
        ActiveAnswer answer = admission.tryAdmit(next, pending).orElse(null);
        if (answer == null) {
            return false;
        }
        running.add(answer);
        line.charge(next.request().share(), next.prompt().length());
        return true;
    }

    /** The next tokens of all running answers. */
    private void collectAnswers(Step step) {
        List<ActiveAnswer> putOff = new ArrayList<>();
        for (ActiveAnswer answer : running) {
            if (answer.isPrefilled) {
                List<ModelWork> work = answer.nextWork();
                if (step.fits(work.stream().mapToInt(each -> each.ids().length).sum())) {
                    work.forEach(each -> step.add(each, answer));
                } else {
                    putOff.add(answer);
                }
            }
        }
        // Whom this step has no room for comes first in the next.
        running.removeAll(putOff);
        running.addAll(0, putOff);
    }

    /** Blocks that were forked in the last step; before anybody writes into them, or takes over those that were given back. */
    private void copyForked() {
        if (copies.isEmpty()) {
            return;
        }
        try {
            model.copy(List.copyOf(copies));
        } catch (RuntimeException | OutOfMemoryError e) {
            // What the copies were for cannot be told apart any more.
            List.copyOf(running).forEach(answer -> fail(answer, typed(e)));
            cache.clear();
        }
        copies.clear();
    }

    /** Pieces of prompts that can be computed now, as many as fit. */
    private int collectPrompts(Step step) {
        step.limitPrompts();
        pending.removeIf(next -> !next.prefix.isUsed() || next.prefix.isReady());
        int encoded = encodeNext(step);
        for (StepOwner owner : owners()) {
            if (isDue(owner, step) && isEncoded(owner) && isCopied(owner)) {
                step.add(owner.pieceWork(), owner);
            }
        }
        return encoded;
    }

    private List<StepOwner> owners() {
        List<StepOwner> owners = new ArrayList<>(pending);
        owners.addAll(running);
        return owners;
    }

    private static boolean isDue(StepOwner owner, Step step) {
        return owner.isPieceDue() && step.fits(owner.piece().ids().length);
    }

    /**
     * Encodes one image, for the first piece that waits for one and could be computed now. That is before any piece is collected, since an
     * image that is kept may have to go for it. All pieces ask for theirs before, so that it is not one of these if there is another.
     *
     * @return how many were encoded
     */
    private int encodeNext(Step step) {
        List<StepOwner> waiting = owners().stream()
                .filter(owner -> isDue(owner, step) && !isEncoded(owner))
                .toList();
        if (waiting.isEmpty()) {
            return 0;
        }
        encode(waiting.get(0));
        return 1;
    }

    /** Copies what a beginning or an answer forks from its parent, once. */
    private boolean isCopied(StepOwner owner) {
        List<BlockCopy> first = owner.firstCopies();
        try {
            if (!first.isEmpty()) {
                model.copy(List.copyOf(first));
                first.clear();
            }
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(owner, typed(e));
            return false;
        }
    }

    private boolean isEncoded(StepOwner owner) {
        return owner.piece().images().stream()
                .allMatch(span ->
                        model.isEncoded(owner.resized().get(span.image()).key()));
    }

    private void encode(StepOwner owner) {
        long start = System.nanoTime();
        try {
            model.encode(owner.resized().get(owner.piece().images().get(0).image()));
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(owner, typed(e));
            return;
        }
        long nanos = System.nanoTime() - start;
        counters.imagePasses.increment();
        counters.imageNanos.add(nanos);
        running.stream().filter(owner::isFor).findFirst().ifPresent(answer -> answer.encodeNanos += nanos);
    }

    private int compute(Step step) {
        List<Step.Part> parts = step.parts();
        if (parts.isEmpty()) {
            return 0;
        }
        long start = System.nanoTime();
        try {
            List<float @Nullable []> logits = model.compute(step.work());
            deliver(parts, logits, System.nanoTime() - start);
        } catch (RuntimeException | OutOfMemoryError e) {
            if (parts.size() > 1) {
                computeEachAlone(parts);
            } else {
                fail(parts.get(0).owner(), typed(e));
            }
        }
        return parts.size();
    }

    /** What failed together is tried one by one, so that only what fails by itself is given up. */
    private void computeEachAlone(List<Step.Part> parts) {
        long start = System.nanoTime();
        List<Step.Part> computed = new ArrayList<>();
        List<float @Nullable []> logits = new ArrayList<>();
        for (Step.Part part : parts) {
            try {
                logits.add(model.compute(List.of(part.work())).get(0));
                computed.add(part);
            } catch (RuntimeException | OutOfMemoryError e) {
                fail(part.owner(), typed(e));
            }
        }
        List<Step.Part> good = new ArrayList<>();
        List<float @Nullable []> goodLogits = new ArrayList<>();
        for (int i = 0; i < computed.size(); i++) {
            Step.Part part = computed.get(i);
            if (part.owner() instanceof PendingPrefix || running.contains(part.owner())) {
                good.add(part);
                goodLogits.add(logits.get(i));
            }
        }
        deliver(good, goodLogits, System.nanoTime() - start);
    }

    private void deliver(List<Step.Part> parts, List<float @Nullable []> logits, long nanos) {
        counters.steps.increment();
        counters.stepNanos.add(nanos);
        Map<ActiveAnswer, List<float[]>> answers = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            StepOwner owner = parts.get(i).owner();
            if (owner instanceof ActiveAnswer answer) {
                answers.computeIfAbsent(answer, first -> new ArrayList<>())
                        .add(Objects.requireNonNull(logits.get(i), "answers want logits"));
            } else if (owner instanceof PendingPrefix beginning) {
                beginning.prefix.markReady();
                counters.promptPositions.add(beginning.piece().ids().length);
                running.stream().filter(owner::isFor).forEach(answer -> answer.prefillNanos += nanos);
            }
        }
        answers.forEach((answer, own) -> {
            try {
                choose(answer, own, nanos);
            } catch (RuntimeException | OutOfMemoryError e) {
                fail(answer, typed(e));
            }
        });
    }

    private void choose(ActiveAnswer answer, List<float[]> logits, long nanos) {
        if (answer.isPrefilled) {
            answer.decodeNanos += nanos;
            answer.search.open().forEach(sequence -> sequence.advance(sequence.pending().length));
        } else {
            answer.prefillNanos += nanos;
            answer.isPrefilled = true;
            PromptPiece piece = answer.submission.lastPiece();
            counters.promptPositions.add(piece.ids().length);
            Sequence start = answer.start;
            start.advance(piece.ids().length);
            cache.keep(piece.key(), answer.prefix, start.blocksFor(piece.end()), piece.end(), answer.lease, copies);
        }
        int before = answer.search.written().length;
        answer.search.take(logits, copies);
        counters.answerTokens.add(Math.max(1, answer.search.written().length - before));
        if (answer.delivery.hasListener() && !answer.search.isFinished()) {
            answer.delivery.progress(answer.search.written());
        }
        if (answer.search.isFinished()) {
            Generation generation = answer.search.result();
            counters.completed.increment();
            line.charge(answer.submission.request().share(), answer.search.written().length);
            leave(answer, () -> answer.delivery.complete(generation, answer.timings()));
        }
    }

    /** All answers go that what failed is for. */
    private void fail(StepOwner owner, SextantException failure) {
        List<ActiveAnswer> failed = running.stream().filter(owner::isFor).toList();
        pending.removeIf(next -> next == owner);
        for (ActiveAnswer each : failed) {
            counters.failed.increment();
            leave(each, () -> each.delivery.fail(failure));
        }
    }

    private static SextantException typed(Throwable failure) {
        if (failure instanceof SextantException known) {
            return known;
        }
        if (failure instanceof OutOfMemoryError) {
            return new ResourceExhaustedException(
                    "The Java heap is too small for the model's step; raise -Xmx or send smaller requests.", failure);
        }
        return new ModelDefectException("The model's step failed: " + failure, failure);
    }

    /** Before whoever asked is told, who then does not find the answer counted as running; told all the same, whatever fails here. */
    private void leave(ActiveAnswer answer, Runnable tell) {
        try {
            running.remove(answer);
            answer.release(cache);
            line.left(replica, answer.submission);
            standing = Standing.of(running.size(), cache);
        } finally {
            tell.run();
        }
    }

    private DeadlineExceededException late(Submission submission, String when) {
        return new DeadlineExceededException("The deadline "
                + submission.request().deadline() + " passed " + when + "; give it more time, or ask fewer at once.");
    }

    private static ResourceExhaustedException closed() {
        return new ResourceExhaustedException("The model has been closed; load it again.");
    }

    /** What is being done, as of the last step, and what has been done so far; who waits counts with the first replica. Any thread. */
    ModelStatistics statistics() {
        return standing.with(counters, replica == 0 ? line.size() : 0, model.pendingBytes());
    }

    /** Refuses those that wait and takes no more; running answers go on as long as {@link #runOnce} is called. Any thread. */
    void refuseMore() {
        isClosed = true;
        line.removeAll(submission -> true)
                .forEach(submission -> submission.answer().completeExceptionally(closed()));
    }

    /** Gives up what is running, and what is kept. */
    void giveUp(Throwable cause) {
        copies.clear();
        List.copyOf(running).forEach(answer -> fail(answer, typed(cause)));
        cache.clear();
    }

    /** Gives up what is running, and frees the model. */
    @Override
    public void close() {
        refuseMore();
        for (ActiveAnswer answer : List.copyOf(running)) {
            leave(answer, () -> answer.delivery.fail(closed()));
        }
        model.close();
    }
}
