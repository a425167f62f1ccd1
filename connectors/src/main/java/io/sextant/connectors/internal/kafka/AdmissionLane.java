package io.sextant.connectors.internal.kafka;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one partition, for as long as it is assigned once: when it is assigned again there is a new lane, and what
 * is still under way in the old one no longer counts. Guarded by its queue.
 */
final class AdmissionLane {
    private final TopicPartition partition;
    private final boolean isOrdered;
    private final OffsetLedger ledger = new OffsetLedger();
    private final Deque<Admission> waiting = new ArrayDeque<>();
    private int inFlight;
    private long bytes;

    AdmissionLane(TopicPartition partition, boolean isOrdered) {
        this.partition = partition;
        this.isOrdered = isOrdered;
    }

    TopicPartition partition() {
        return partition;
    }

    OffsetLedger ledger() {
        return ledger;
    }

    void admit(ConsumerRecord<byte[], byte[]> message) {
        ledger.admit(message.offset());
        Admission admission = new Admission(this, message, 0, Instant.MIN);
        waiting.addLast(admission);
        bytes += admission.bytes();
    }

    /** The next record to process, in the partition's order unless that is waived; empty if it must wait. */
    Optional<Admission> next(Instant now) {
        Optional<Admission> ready = ready(now);
        ready.ifPresent(admission -> {
            waiting.remove(admission);
            inFlight++;
        });
        return ready;
    }

    /** Whether {@link #next} would find one. */
    boolean isReady(Instant now) {
        return ready(now).isPresent();
    }

    private Optional<Admission> ready(Instant now) {
        if (isOrdered && inFlight > 0) {
            return Optional.empty();
        }
        return waiting.stream()
                .limit(isOrdered ? 1 : Long.MAX_VALUE)
                .filter(admission -> !admission.notBefore().isAfter(now))
                .findFirst();
    }

    void finish(Admission admission) {
        inFlight--;
        bytes -= admission.bytes();
        ledger.done(admission.message().offset());
    }

    void putBack(Admission admission) {
        inFlight--;
        waiting.addFirst(admission);
    }

    int waiting() {
        return waiting.size();
    }

    int inFlight() {
        return inFlight;
    }

    /** Records waiting or under way. */
    int size() {
        return waiting.size() + inFlight;
    }

    long bytes() {
        return bytes;
    }
}
