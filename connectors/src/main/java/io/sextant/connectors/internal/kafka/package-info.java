/**
 * Kafka: a source of our own on kafka-clients, and sinks and dead letters on Camel's component. {@code OffsetLedger}, {@code
 * AdmissionQueue} and {@code KafkaLoop} are the source's logic, which tests step by hand.
 */
@NullMarked
package io.sextant.connectors.internal.kafka;

import org.jspecify.annotations.NullMarked;
