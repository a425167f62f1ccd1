package io.sextant.connectors.internal.kafka;

import java.time.Duration;
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
