package io.sextant.connectors.internal.kafka;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was taken from its topic and is not done with.
 *
 * @param lane the partition it came from, as it was assigned then
 * @param message the record; its value may be null
 * @param failures how often it has failed
 * @param notBefore when it may be processed
 */
record Admission(AdmissionLane lane, ConsumerRecord<byte[], byte[]> message, int failures, Instant notBefore) {

    Admission postponed(Instant until) {
        return new Admission(lane, message, failures + 1, until);
    }

    long bytes() {
        return (long) Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
    }
}
