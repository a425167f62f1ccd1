package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.connectors.internal.SourceState;
import io.sextant.connectors.internal.SteppedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaLoopTest {
    private static final TopicPartition ZERO = new TopicPartition("photos", 0);
    private static final TopicPartition ONE = new TopicPartition("photos", 1);

    private final SteppedClock clock = new SteppedClock();
    private final AdmissionQueue queue = new AdmissionQueue(new AdmissionQueue.Limits(2, 100, 100_000), true, clock);
    private final SourceState state = new SourceState("not connected yet");
    private final MockConsumer<byte[], byte[]> first = client();
    private final MockConsumer<byte[], byte[]> second = client();
    private final Deque<MockConsumer<byte[], byte[]>> clients = new ArrayDeque<>(List.of(first, second));
    private final KafkaLoop loop = new KafkaLoop(settings(Duration.ZERO), clients::removeFirst, queue, state, clock);

    @Test
    void admitsWhatItPollsAndCommitsOnlyWhatIsDone() {
        start(first, ZERO);
        add(first, 0, 0, 1);
        assertThat(loop.runOnce()).isEqualTo(2);
        loop.runOnce();
        assertThat(committed(first, ZERO)).isNull();

        queue.finish(queue.next().orElseThrow());
        clock.advance(Duration.ofSeconds(1));
        loop.runOnce();

        assertThat(committed(first, ZERO)).isEqualTo(1);
    }

    @Test
    void commitsBehindTransactionMarksSoThatNoLagIsLeft() {
        start(first, ZERO);
        add(first, 0, 0);
        loop.runOnce();
        first.seek(ZERO, 3);
        clock.advance(Duration.ofSeconds(1));
        loop.runOnce();
        assertThat(committed(first, ZERO)).as("while a record is open").isNull();

        queue.finish(queue.next().orElseThrow());
        clock.advance(Duration.ofSeconds(1));
        loop.runOnce();

        assertThat(committed(first, ZERO)).isEqualTo(3);
    }

    @Test
    void goesOnPollingAPausedPartitionWhileTheModelWorksAndResumesIt() {
        start(first, ZERO, ONE);
        add(first, 0, 0, 1);
        loop.runOnce();
        add(first, 0, 2);
        add(first, 1, 0);

        assertThat(loop.runOnce()).isEqualTo(1);
        assertThat(first.paused()).containsExactly(ZERO);
        assertThat(loop.runOnce()).isZero();
        queue.finish(queue.next().orElseThrow());
        assertThat(loop.runOnce()).isEqualTo(1);
        assertThat(first.paused()).isEmpty();
    }

    @Test
    void tellsPartitionsPausedOnesAndWhatIsNotDoneWith() {
        start(first, ZERO, ONE);
        first.updateEndOffsets(Map.of(ZERO, 5L, ONE, 0L));
        add(first, 0, 0, 1);
        loop.runOnce();
        clock.advance(Duration.ofSeconds(1));
        loop.runOnce();

        assertThat(state.statistics().partitions()).isEqualTo(2);
        assertThat(state.statistics().pausedPartitions()).isEqualTo(1);
        assertThat(state.statistics().lag())
                .as("two admitted, three to be fetched")
                .hasValue(5);

        first.setPollException(new SaslAuthenticationException("wrong password"));
        loop.runOnce();
        assertThat(state.statistics().partitions()).isZero();
        assertThat(state.statistics().lag()).isEmpty();
        assertThat(state.statistics().problemSince()).isEqualTo(clock.instant());
    }

    @Test
    void commitsWhatIsDoneWhenAPartitionGoesAndForgetsTheRest() {
        start(first, ZERO, ONE);
        add(first, 0, 0, 1);
        add(first, 1, 0);
        loop.runOnce();
        Admission done = queue.next().orElseThrow();
        queue.finish(done);
        Admission underWay = queue.next().orElseThrow();

        first.rebalance(List.of(ONE));
        queue.finish(underWay);
        clock.advance(Duration.ofSeconds(1));
        loop.runOnce();

        assertThat(queue.partitions()).doesNotContain(ZERO);
        assertThat(done.lane().partition()).isEqualTo(ZERO);
        assertThat(queue.committable()).doesNotContainKey(ZERO);
        first.rebalance(List.of(ZERO, ONE));
        assertThat(committed(first, ZERO)).isEqualTo(1);
    }

    @Test
    void holdsAPartitionThatGoesUntilWhatIsUnderWayOfItIsDone() {
        KafkaLoop patient = new KafkaLoop(settings(Duration.ofMinutes(1)), () -> first, queue, state, clock);
        patient.runOnce();
        first.rebalance(List.of(ZERO, ONE));
        first.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        add(first, 0, 0, 1);
        patient.runOnce();
        Admission underWay = queue.next().orElseThrow();
        CompletableFuture<Boolean> isMoreBegun = CompletableFuture.supplyAsync(
                () -> {
                    // Still ours while it is held: whoever finds it gone would have nothing to finish.
                    boolean isMore = queue.next().isPresent();
                    queue.finish(underWay);
                    return isMore;
                },
                CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

        first.rebalance(List.of(ONE));

        assertThat(isMoreBegun.join()).as("of a partition that goes").isFalse();
        assertThat(queue.partitions()).containsExactly(ONE);
        first.rebalance(List.of(ZERO, ONE));
        assertThat(committed(first, ZERO)).isEqualTo(1);
    }

    private static KafkaLoop.Settings settings(Duration handover) {
        return new KafkaLoop.Settings(
                List.of("photos"), "broker:9092", Duration.ofMillis(1), Duration.ofMillis(500), handover);
    }

    @Test
    void isDownWhenCredentialsAreRefusedAndComesBackByItself() {
        start(first, ZERO);
        first.setPollException(new SaslAuthenticationException("wrong password"));
        add(first, 0, 0);
        loop.runOnce();
        assertThat(state.problem()).isEqualTo("SaslAuthenticationException: wrong password");
        assertThat(first.closed()).isTrue();
        assertThat(loop.isWaiting()).isTrue();
        assertThat(loop.runOnce()).isZero();
        assertThat(second.subscription()).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        start(second, ZERO);
        add(second, 0, 0);
        loop.runOnce();

        assertThat(state.problem()).isNull();
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void asksAnewForWhatMemoryRanOutUnder() {
        MockConsumer<byte[], byte[]> outOfMemory = new MockConsumer<>("earliest") {
            @Override
            public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                if (super.poll(timeout).count() > 0) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return ConsumerRecords.empty();
            }
        };
        clients.addFirst(outOfMemory);
        start(outOfMemory, ZERO);
        add(outOfMemory, 0, 0, 1);
        assertThat(loop.runOnce()).isZero();
        assertThat(state.problem()).isEqualTo("OutOfMemoryError: Java heap space");
        assertThat(outOfMemory.closed()).isTrue();

        clock.advance(Duration.ofSeconds(1));
        start(first, ZERO);
        add(first, 0, 0, 1);
        loop.runOnce();

        assertThat(state.problem()).isNull();
        assertThat(queue.waiting()).isEqualTo(2);
    }

    @Test
    void commitsOnceMoreWhenItIsClosed() {
        start(first, ZERO);
        add(first, 0, 0);
        loop.runOnce();
        queue.finish(queue.next().orElseThrow());

        loop.close();

        assertThat(first.closed()).isTrue();
        assertThat(queue.committable()).isEmpty();
    }

    private void start(MockConsumer<byte[], byte[]> client, TopicPartition... partitions) {
        loop.runOnce();
        client.rebalance(List.of(partitions));
        for (TopicPartition partition : partitions) {
            client.updateBeginningOffsets(Map.of(partition, 0L));
        }
        loop.runOnce();
    }

    private static void add(MockConsumer<byte[], byte[]> client, int partition, long... offsets) {
        for (long offset : offsets) {
            client.addRecord(AdmissionQueueTest.message(partition, offset, 1));
        }
    }

    private static @Nullable Long committed(MockConsumer<byte[], byte[]> client, TopicPartition partition) {
        OffsetAndMetadata offset = client.committed(java.util.Set.of(partition)).get(partition);
        return offset == null ? null : offset.offset();
    }

    private static MockConsumer<byte[], byte[]> client() {
        return new MockConsumer<>("earliest");
    }
}
