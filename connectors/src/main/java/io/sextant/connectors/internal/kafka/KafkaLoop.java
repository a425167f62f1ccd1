package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.internal.Backoff;
import io.sextant.connectors.internal.SourceState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of the polling thread's loop: commits what is done, pauses and resumes partitions, polls, admits. All of it is
 * called by that one thread; tests call {@link #runOnce} by hand.
 */
final class KafkaLoop {
    /*
     * Polling never waits for the model, so the group's coordinator sees a living member however long an answer takes. Paused
     * partitions are polled too, they only yield nothing. Only partitions that go to another member are held until what is under
     * way of them is published, for a while: heartbeats go on meanwhile, and the new owner does nothing twice.
     *
     * What Kafka refuses for good (credentials, a forbidden topic or group, offsets out of range where no reset is set) comes
     * out of poll as an exception. The client is closed then and a new one made after a pause, since most such clients cannot
     * be used again. So it is with any other failure, for what was polled by then may not have been taken in. A broker that is
     * merely away is no exception: the client goes on trying by itself, and the count of its connections tells.
     */
    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaLoop.class);

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));
    private static final Duration PAUSED_POLL = Duration.ofMillis(5);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Settings settings;
    private final Supplier<Consumer<byte[], byte[]>> clients;
    private final AdmissionQueue queue;
    private final SourceState state;
    private final Clock clock;
    private @Nullable Consumer<byte[], byte[]> client;
    private @Nullable Metric connectionCount;
    private @Nullable Metric incomingBytes;
    private double bytesWhenLost;
    private Instant nextConnect = Instant.MIN;
    private Instant nextCommit = Instant.MIN;
    private Instant nextTold = Instant.MIN;
    private int failures;
    private boolean isCommitting;

    /** @param clients makes a client that is not subscribed yet */
    KafkaLoop(
            Settings settings,
            Supplier<Consumer<byte[], byte[]>> clients,
            AdmissionQueue queue,
            SourceState state,
            Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.queue = queue;
        this.state = state;
        this.clock = clock;
    }

    /**
     * One round.
     *
     * @return the records admitted
     * @throws InterruptException if the thread is interrupted
     */
    int runOnce() {
        try {
            Consumer<byte[], byte[]> connected = connect();
            if (connected == null) {
                return 0;
            }
            commit(connected);
            steer(connected);
            ConsumerRecords<byte[], byte[]> records = connected.poll(pollTimeout(connected));
            for (ConsumerRecord<byte[], byte[]> message : records) {
                queue.admit(message);
            }
            tellState(connected);
            tellBefore(connected);
            return records.count();
        } catch (InterruptException e) {
            throw e;
        } catch (WakeupException e) {
            return 0;
        } catch (RuntimeException | Error e) { // want of memory above all
            // What was polled and not taken in would be committed over; a client made anew brings it again.
            disconnect(e);
            return 0;
        }
    }

    /** Whether the next round would only wait for another attempt to connect. */
    boolean isWaiting() {
        return client == null && clock.instant().isBefore(nextConnect);
    }

    /** Commits what is done with and leaves the group. */
    void close() {
        Consumer<byte[], byte[]> open = client;
        client = null;
        if (open == null) {
            return;
        }
        try {
            commitNow(open, queue.committable());
        } finally {
            close(open);
        }
    }

    private @Nullable Consumer<byte[], byte[]> connect() {
        if (client == null && !isWaiting()) {
            Consumer<byte[], byte[]> made = clients.get();
            client = made;
            connectionCount = null;
            isCommitting = false;
            made.subscribe(settings.topics(), new Rebalance(made));
        }
        return client;
    }

    private void disconnect(Throwable failure) {
        Consumer<byte[], byte[]> failed = client;
        client = null;
        queue.revokeAll();
        state.before(0, 0, OptionalLong.empty());
        if (failed != null) {
            close(failed);
        }
        failures++;
        Duration pause = BACKOFF.after(failures);
        nextConnect = clock.instant().plus(pause);
        if (state.down(reason(failure), clock.instant())) {
            LOGGER.atWarn()
                    .addKeyValue("topics", settings.topics())
                    .addKeyValue("pauseMs", pause.toMillis())
                    .addKeyValue("error", reason(failure))
                    .setCause(failure instanceof KafkaException ? null : failure)
                    .log("Kafka source is down, tries again");
        }
    }

    private void commit(Consumer<byte[], byte[]> connected) {
        Instant now = clock.instant();
        if (isCommitting || now.isBefore(nextCommit)) {
            return;
        }
        tellPositions(connected);
        Map<TopicPartition, OffsetAndMetadata> offsets = queue.committable();
        if (offsets.isEmpty()) {
            return;
        }
        isCommitting = true;
        nextCommit = now.plus(settings.commitInterval());
        connected.commitAsync(offsets, (stored, failure) -> {
            isCommitting = false;
            if (failure == null) {
                queue.committed(stored);
            } else {
                LOGGER.atDebug().addKeyValue("error", reason(failure)).log("commit failed, is tried again");
            }
        });
    }

    /** A partition just assigned may have none yet; it has one after the next poll. */
    private void tellPositions(Consumer<byte[], byte[]> connected) {
        Set<TopicPartition> assigned = connected.assignment();
        for (TopicPartition partition : queue.idle()) {
            if (assigned.contains(partition)) {
                try {
                    queue.position(partition, connected.position(partition, Duration.ZERO));
                } catch (TimeoutException e) {
                    LOGGER.atTrace().addKeyValue("partition", partition).log("position not known yet");
                }
            }
        }
    }

    /** For partitions that go: a commit that fails only means that their next owner does some records again. */
    private void commitNow(Consumer<byte[], byte[]> connected, Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        try {
            connected.commitSync(offsets, CLOSE_PATIENCE);
            queue.committed(offsets);
        } catch (KafkaException e) {
            LOGGER.atInfo()
                    .addKeyValue("error", reason(e))
                    .log("last commit failed, some records will be processed again");
        }
    }

    /** A paused partition yields nothing that would end a poll early, and its queue may be empty long before the timeout. */
    private Duration pollTimeout(Consumer<byte[], byte[]> connected) {
        Duration usual = settings.pollTimeout();
        return connected.paused().isEmpty() || usual.compareTo(PAUSED_POLL) < 0 ? usual : PAUSED_POLL;
    }

    private void steer(Consumer<byte[], byte[]> connected) {
        Set<TopicPartition> overfull = queue.overfull();
        Set<TopicPartition> paused = connected.paused();
        Set<TopicPartition> toPause = new HashSet<>(connected.assignment());
        toPause.retainAll(overfull);
        toPause.removeAll(paused);
        Set<TopicPartition> toResume = new HashSet<>(paused);
        toResume.removeAll(overfull);
        if (!toPause.isEmpty()) {
            connected.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            connected.resume(toResume);
        }
    }

    private void tellState(Consumer<byte[], byte[]> connected) {
        if (!isConnected(connected)) {
            if (state.down("no connection to " + settings.brokers(), clock.instant())) {
                LOGGER.atWarn()
                        .addKeyValue("topics", settings.topics())
                        .addKeyValue("brokers", settings.brokers())
                        .log("Kafka source has no connection, tries again");
            }
            return;
        }
        failures = 0;
        if (state.up()) {
            LOGGER.atInfo().addKeyValue("topics", settings.topics()).log("Kafka source connected");
        }
    }

    /** From what the client knows by itself: nobody is asked for it. */
    private void tellBefore(Consumer<byte[], byte[]> connected) {
        Instant now = clock.instant();
        if (now.isBefore(nextTold)) {
            return;
        }
        nextTold = now.plus(TOLD_EVERY);
        Set<TopicPartition> assigned = connected.assignment();
        boolean isKnown = true;
        long behind = queue.waiting() + (long) queue.inFlight();
        for (TopicPartition partition : assigned) {
            OptionalLong lag = connected.currentLag(partition);
            isKnown &= lag.isPresent();
            behind += lag.orElse(0);
        }
        state.before(
                assigned.size(), connected.paused().size(), isKnown ? OptionalLong.of(behind) : OptionalLong.empty());
    }

    /**
     * Whether there is a connection over which something has come since there was none: one that is being tried counts as open
     * for a moment, several times a second. A client that counts nothing is believed.
     */
    private boolean isConnected(Consumer<byte[], byte[]> connected) {
        if (connectionCount == null) {
            connectionCount = counter(connected, "connection-count");
            incomingBytes = counter(connected, "incoming-byte-total");
            bytesWhenLost = 0;
        }
        double bytes = value(incomingBytes);
        if (value(connectionCount) == 0) {
            bytesWhenLost = bytes;
            return false;
        }
        return bytes < 0 || bytes > bytesWhenLost;
    }

    private static double value(@Nullable Metric counter) {
        return counter != null && counter.metricValue() instanceof Double count ? count : -1;
    }

    /** Found once for each client: there are hundreds. */
    private static @Nullable Metric counter(Consumer<byte[], byte[]> connected, String name) {
        for (Map.Entry<MetricName, ? extends Metric> entry : connected.metrics().entrySet()) {
            if (entry.getKey().name().equals(name) && entry.getKey().group().equals("consumer-metrics")) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() instanceof KafkaException cause) {
            root = cause;
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static void close(Consumer<byte[], byte[]> open) {
        try {
            open.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_PATIENCE));
        } catch (KafkaException e) {
            LOGGER.atDebug().addKeyValue("error", reason(e)).log("client did not close cleanly");
        }
    }

    /** Called inside poll, so by the polling thread. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> connected;

        Rebalance(Consumer<byte[], byte[]> connected) {
            this.connected = connected;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(queue::assign);
            LOGGER.atInfo().addKeyValue("partitions", partitions).log("partitions assigned");
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // A client that is being closed has had its time.
            if (connected.equals(client) && !settle(partitions)) {
                LOGGER.atWarn()
                        .addKeyValue("partitions", partitions)
                        .log("partitions go while messages of them are processed, which come again");
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = queue.committable();
            offsets.keySet().retainAll(partitions);
            commitNow(connected, offsets);
            partitions.forEach(queue::revoke);
            LOGGER.atInfo().addKeyValue("partitions", partitions).log("partitions revoked");
        }

        private boolean settle(Collection<TopicPartition> partitions) {
            try {
                return queue.settle(partitions, settings.handover());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(queue::revoke);
            LOGGER.atWarn().addKeyValue("partitions", partitions).log("partitions lost");
        }
    }

    /**
     * What the loop is told.
     *
     * @param topics subscribed to, at least one
     * @param brokers for messages
     * @param pollTimeout how long one round waits for records
     * @param commitInterval least pause between two commits
     * @param handover how long partitions that go wait for what is under way of them
     */
    record Settings(
            List<String> topics, String brokers, Duration pollTimeout, Duration commitInterval, Duration handover) {
        Settings {
            topics = List.copyOf(topics);
        }
    }
}
