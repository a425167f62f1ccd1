package io.sextant.connectors.internal.kafka;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one partition, for as long as it is assigned once: when it is assigned again there is a new lane, and what
 * is still under way in the old one no longer counts. Guarded by its queue.
 */
final class AdmissionLane {
    /*
     * In an ordered partition too several records are under way at once; what keeps the order is that each waits for its turn
     * before anything of it is published: until nothing before it is under way. If something before it waits for another attempt
     * by then, it goes back into the lane and comes again behind that. So whoever waits for a turn waits for records under way
     * alone, and never for one that nobody works on.
     */
    private final TopicPartition partition;
    private final boolean isOrdered;
    private final OffsetLedger ledger = new OffsetLedger();
    private final NavigableMap<Long, Admission> waiting = new TreeMap<>();
    private final NavigableSet<Long> inFlight = new TreeSet<>();
    private final NavigableMap<Long, Turn> turns = new TreeMap<>();
    private long bytes;
    private boolean isLeaving;

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
        waiting.put(message.offset(), admission);
        bytes += admission.bytes();
    }

    /** The next record to process, in the partition's order unless that is waived; empty if it must wait. */
    Optional<Admission> next(Instant now) {
        Optional<Admission> ready = ready(now);
        ready.ifPresent(admission -> {
            waiting.remove(admission.message().offset());
            inFlight.add(admission.message().offset());
        });
        return ready;
    }

    /** Whether {@link #next} would find one. */
    boolean isReady(Instant now) {
        return ready(now).isPresent();
    }

    /** Nothing more of it is begun. */
    void leave() {
        isLeaving = true;
    }

    private Optional<Admission> ready(Instant now) {
        if (isLeaving) {
            return Optional.empty();
        }
        return waiting.values().stream()
                .limit(isOrdered ? 1 : Long.MAX_VALUE)
                .filter(admission -> !admission.notBefore().isAfter(now))
                .findFirst();
    }

    void finish(Admission admission) {
        inFlight.remove(admission.message().offset());
        bytes -= admission.bytes();
        ledger.done(admission.message().offset());
        giveTurns();
    }

    /** Takes back a record that is under way, to be processed once more; one that is not is left alone. */
    void putBack(Admission admission) {
        if (inFlight.remove(admission.message().offset())) {
            waiting.put(admission.message().offset(), admission);
            giveTurns();
        }
    }

    /** Completed with whether a record's turn to be published has come, or it was put back to come again behind another. */
    CompletableFuture<Boolean> turn(Admission admission) {
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        if (isOrdered) {
            turns.put(admission.message().offset(), new Turn(admission, turn));
            giveTurns();
        } else {
            turn.complete(true);
        }
        return turn;
    }

    private void giveTurns() {
        for (Iterator<Map.Entry<Long, Turn>> each = turns.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Long, Turn> entry = each.next();
            long offset = entry.getKey();
            Turn turn = entry.getValue();
            if (!inFlight.contains(offset)) {
                each.remove();
            } else if (!waiting.isEmpty() && waiting.firstKey() < offset) {
                each.remove();
                inFlight.remove(offset);
                waiting.put(offset, turn.admission());
                turn.hasCome().complete(false);
            } else if (inFlight.first() == offset) {
                each.remove();
                turn.hasCome().complete(true);
            }
        }
    }

    int waiting() {
        return waiting.size();
    }

    int inFlight() {
        return inFlight.size();
    }

    /** Records waiting or under way. */
    int size() {
        return waiting.size() + inFlight.size();
    }

    long bytes() {
        return bytes;
    }

    private record Turn(Admission admission, CompletableFuture<Boolean> hasCome) {}
}
