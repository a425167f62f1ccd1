package io.sextant.connectors.internal.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The bounded queue between the thread that polls Kafka and those that process records. Thread-safe: {@link #assign}, {@link
 * #settle}, {@link #revoke}, {@link #admit}, {@link #overfull}, {@link #position} and the commits are the polling thread's, the rest the workers'.
 */
final class AdmissionQueue {
    /*
     * Each partition has a lane, and is paused while its lane, or all lanes together, hold enough. A partition whose lane is
     * empty is never paused, so that one that waits for another attempt cannot starve the rest. What one poll brings is
     * always admitted, so a bound can be passed by what one poll brings, which Kafka's own settings bound
     * (max.poll.records, fetch.max.bytes).
     *
     * Waking threads costs more than most of what else is done here, so only a record that can be processed at once wakes a
     * worker, and just one. A worker that has finished looks for the next record itself; it may find one of another lane than
     * its own, so whoever takes a record wakes the next worker as long as there is one to take and somebody who sleeps.
     *
     * The next record is one of the lane that has the fewest under way, so that a slow record, which those behind it wait for,
     * does not take all workers from the other partitions.
     */
    private final Limits limits;
    private final boolean isOrdered;
    private final Clock clock;
    private final Map<TopicPartition, AdmissionLane> lanes = new LinkedHashMap<>();
    private boolean isClosed;
    private int sleepers;
    private boolean isAwaited;

    /** @param isOrdered whether a partition's records are published one after the other */
    AdmissionQueue(Limits limits, boolean isOrdered, Clock clock) {
        this.limits = limits;
        this.isOrdered = isOrdered;
        this.clock = clock;
    }

    /** A partition is ours from now on. */
    synchronized void assign(TopicPartition partition) {
        lanes.put(partition, new AdmissionLane(partition, isOrdered));
    }

    /**
     * Partitions are about to go: nothing more of them is begun, and what is under way gets the time to end, so that their next owner
     * need not do it again.
     *
     * @return whether nothing of them is under way any more
     */
    synchronized boolean settle(Collection<TopicPartition> partitions, Duration patience) throws InterruptedException {
        List<AdmissionLane> leaving = lanes.values().stream()
                .filter(lane -> partitions.contains(lane.partition()))
                .toList();
        leaving.forEach(AdmissionLane::leave);
        return await(leaving, patience);
    }

    /** A partition is no longer ours: what waits is dropped, what is under way is no longer committed. */
    synchronized void revoke(TopicPartition partition) {
        lanes.remove(partition);
        notifyAll();
    }

    /** Nothing is ours any more. */
    synchronized void revokeAll() {
        lanes.clear();
        notifyAll();
    }

    /** Takes in a record. A partition that starts over at an earlier offset is as if assigned anew. */
    synchronized void admit(ConsumerRecord<byte[], byte[]> message) {
        TopicPartition partition = new TopicPartition(message.topic(), message.partition());
        AdmissionLane lane = lanes.get(partition);
        if (lane == null || lane.ledger().isPast(message.offset())) {
            lane = new AdmissionLane(partition, isOrdered);
            lanes.put(partition, lane);
        }
        lane.admit(message);
        if (sleepers > 0) {
            notify();
        }
    }

    /** The partitions no more is to be fetched of now. */
    synchronized Set<TopicPartition> overfull() {
        int records = 0;
        long bytes = 0;
        for (AdmissionLane lane : lanes.values()) {
            records += lane.size();
            bytes += lane.bytes();
        }
        boolean isFull = records >= limits.records() || bytes >= limits.bytes();
        Set<TopicPartition> overfull = new HashSet<>();
        for (AdmissionLane lane : lanes.values()) {
            if (lane.size() >= limits.perPartition() || (isFull && lane.size() > 0)) {
                overfull.add(lane.partition());
            }
        }
        return overfull;
    }

    /** The partitions of which nothing waits or is under way. */
    synchronized List<TopicPartition> idle() {
        return lanes.values().stream()
                .filter(lane -> lane.size() == 0)
                .map(AdmissionLane::partition)
                .toList();
    }

    /** Where a partition is read on, which is to be committed while nothing of it waits or is under way. */
    synchronized void position(TopicPartition partition, long offset) {
        AdmissionLane lane = lanes.get(partition);
        if (lane != null) {
            lane.ledger().position(offset);
        }
    }

    /** What may be committed by now. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        for (AdmissionLane lane : lanes.values()) {
            lane.ledger()
                    .committable()
                    .ifPresent(offset -> offsets.put(lane.partition(), new OffsetAndMetadata(offset)));
        }
        return offsets;
    }

    /** The broker has stored these. */
    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            AdmissionLane lane = lanes.get(partition);
            if (lane != null) {
                lane.ledger().committed(offset.offset());
            }
        });
    }

    /**
     * The next record to process, from the partition that has the fewest under way, and among equals has waited longest; empty if
     * none may be.
     */
    synchronized Optional<Admission> next() {
        if (isClosed) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        AdmissionLane lane = null;
        for (AdmissionLane other : lanes.values()) {
            if ((lane == null || other.inFlight() < lane.inFlight()) && other.isReady(now)) {
                lane = other;
            }
        }
        if (lane == null) {
            return Optional.empty();
        }
        Optional<Admission> admission = lane.next(now);
        lanes.remove(lane.partition());
        lanes.put(lane.partition(), lane);
        if (sleepers > 0 && lanes.values().stream().anyMatch(other -> other.isReady(now))) {
            notify();
        }
        return admission;
    }

    /** The same, waiting for a while if there is none yet. */
    synchronized Optional<Admission> next(Duration patience) throws InterruptedException {
        Optional<Admission> admission = next();
        if (admission.isEmpty() && !isClosed) {
            sleepers++;
            try {
                TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, patience.toMillis()));
            } finally {
                sleepers--;
            }
            admission = next();
        }
        return admission;
    }

    /** The record is done with: its results are published, or it lies in the dead letters. */
    synchronized void finish(Admission admission) {
        admission.lane().finish(admission);
        wakeWhoAwaits();
    }

    /** The record is processed again after a pause; in an ordered partition those behind it wait. */
    synchronized void postpone(Admission admission, Duration pause) {
        admission.lane().putBack(admission.postponed(clock.instant().plus(pause)));
        wakeWhoAwaits();
    }

    /** The record is processed again, as if it had not been; one that is back already is left alone. */
    synchronized void giveBack(Admission admission) {
        admission.lane().putBack(admission);
        wakeWhoAwaits();
    }

    /**
     * Tells when it is a record's turn to be published: in an ordered partition once nothing before it is under way.
     *
     * @return completed with false if the record was put back, because one before it waits for another attempt
     */
    synchronized CompletableFuture<Boolean> turn(Admission admission) {
        CompletableFuture<Boolean> turn = admission.lane().turn(admission);
        wakeWhoAwaits();
        return turn;
    }

    private void wakeWhoAwaits() {
        if (isAwaited) {
            notifyAll();
        }
    }

    /** How many records are being processed. */
    synchronized int inFlight() {
        return lanes.values().stream().mapToInt(AdmissionLane::inFlight).sum();
    }

    /** How many records wait. */
    synchronized int waiting() {
        return lanes.values().stream().mapToInt(AdmissionLane::waiting).sum();
    }

    /** No further record is handed out. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /** Whether {@link #close} was called. */
    synchronized boolean isClosed() {
        return isClosed;
    }

    /** Waits until nothing is being processed. @return whether that is so */
    synchronized boolean awaitIdle(Duration patience) throws InterruptedException {
        return await(List.copyOf(lanes.values()), patience);
    }

    private boolean await(List<AdmissionLane> meant, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        isAwaited = true;
        try {
            while (meant.stream().anyMatch(lane -> lane.inFlight() > 0)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } finally {
            isAwaited = isClosed;
        }
    }

    /** The partitions that are ours. */
    synchronized List<TopicPartition> partitions() {
        return new ArrayList<>(lanes.keySet());
    }

    /**
     * How much the queue takes in before partitions are paused.
     *
     * @param perPartition records of one partition, at least 1
     * @param records of all partitions, at least 1
     * @param bytes of all partitions, at least 1
     */
    record Limits(int perPartition, int records, long bytes) {
        Limits {
            if (perPartition < 1 || records < 1 || bytes < 1) {
                throw new IllegalArgumentException("limits must be at least 1, were " + perPartition + " records of a"
                        + " partition, " + records + " records, " + bytes + " bytes");
            }
        }
    }
}
