package io.sextant.connectors.internal.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What must be given back to the queue exactly once for every record that is handed out. */
final class KafkaReceipt {
    /** Exchange property: the receipt of the record that is under way. */
    static final String PROPERTY = "SextantKafkaReceipt";

    private final AdmissionQueue queue;
    private final Admission admission;
    private final AtomicBoolean isOpen = new AtomicBoolean(true);

    KafkaReceipt(AdmissionQueue queue, Admission admission) {
        this.queue = queue;
        this.admission = admission;
    }

    Admission admission() {
        return admission;
    }

    boolean isOpen() {
        return isOpen.get();
    }

    /** Waits until the record may be published. False if it was put back, to come again; then the receipt is given back. */
    boolean awaitTurn() {
        boolean hasCome = false;
        try {
            hasCome = queue.turn(admission).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            queue.giveBack(admission);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A turn never fails", e);
        }
        if (!hasCome) {
            isOpen.set(false);
        }
        return hasCome;
    }

    void finish() {
        if (isOpen.compareAndSet(true, false)) {
            queue.finish(admission);
        }
    }

    void postpone(Duration pause) {
        if (isOpen.compareAndSet(true, false)) {
            queue.postpone(admission, pause);
        }
    }
}
