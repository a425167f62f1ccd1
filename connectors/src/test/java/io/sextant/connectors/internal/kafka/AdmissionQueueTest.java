package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sextant.connectors.internal.SteppedClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AdmissionQueueTest {
    private static final TopicPartition ZERO = new TopicPartition("photos", 0);
    private static final TopicPartition ONE = new TopicPartition("photos", 1);

    private final SteppedClock clock = new SteppedClock();
    private final AdmissionQueue queue = new AdmissionQueue(new AdmissionQueue.Limits(3, 5, 1000), true, clock);

    @Test
    void handsOutSeveralRecordsOfAPartitionInTheirOrderAndLetsThemPublishInIt() {
        admit(0, 10, 11, 12);
        Admission first = queue.next().orElseThrow();
        Admission second = queue.next().orElseThrow();
        Admission third = queue.next().orElseThrow();
        CompletableFuture<Boolean> turnOfThird = queue.turn(third);
        CompletableFuture<Boolean> turnOfSecond = queue.turn(second);

        assertThat(List.of(first, second, third))
                .extracting(admission -> admission.message().offset())
                .containsExactly(10L, 11L, 12L);
        assertThat(queue.turn(first)).isCompletedWithValue(true);
        assertThat(turnOfSecond).isNotDone();
        queue.finish(first);
        assertThat(turnOfSecond).isCompletedWithValue(true);
        assertThat(turnOfThird).isNotDone();
        queue.finish(second);
        assertThat(turnOfThird).isCompletedWithValue(true);
    }

    @Test
    void putsARecordBackWhoseTurnCannotComeBecauseOneBeforeItComesAgain() {
        admit(0, 10, 11, 12);
        Admission first = queue.next().orElseThrow();
        Admission second = queue.next().orElseThrow();
        Admission third = queue.next().orElseThrow();
        CompletableFuture<Boolean> turnOfSecond = queue.turn(second);

        queue.postpone(first, Duration.ofSeconds(5));

        assertThat(turnOfSecond).isCompletedWithValue(false);
        assertThat(queue.turn(third)).isCompletedWithValue(false);
        assertThat(queue.inFlight()).isZero();
        clock.advance(Duration.ofSeconds(5));
        assertThat(List.of(queue.next().orElseThrow(), queue.next().orElseThrow()))
                .extracting(admission -> admission.message().offset() + " failed " + admission.failures())
                .containsExactly("10 failed 1", "11 failed 0");
    }

    @Test
    void commitsNothingBehindARecordThatIsUnderWay() {
        admit(0, 10, 11);
        Admission first = queue.next().orElseThrow();
        Admission second = queue.next().orElseThrow();

        queue.postpone(second, Duration.ofSeconds(5));
        assertThat(queue.committable()).isEmpty();
        queue.finish(first);

        assertThat(queue.committable()).containsEntry(ZERO, new OffsetAndMetadata(11));
    }

    @Test
    void givesAWaitingRecordBackOnceWhoeverAsks() {
        admit(0, 10, 11);
        Admission first = queue.next().orElseThrow();
        Admission second = queue.next().orElseThrow();
        CompletableFuture<Boolean> turn = queue.turn(second);

        queue.giveBack(second);
        queue.giveBack(second);
        queue.finish(first);

        assertThat(turn).isNotDone();
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.waiting()).isEqualTo(1);
    }

    @Test
    void leavesWorkersToOtherPartitionsWhereOneIsSlow() {
        admit(0, 10, 11, 12);
        admit(1, 20);

        assertThat(queue.next().orElseThrow().lane().partition()).isEqualTo(ZERO);
        assertThat(queue.next().orElseThrow().lane().partition()).isEqualTo(ONE);
        admit(1, 21);
        assertThat(queue.next().orElseThrow().lane().partition()).isEqualTo(ZERO);
        assertThat(queue.next().orElseThrow().lane().partition()).isEqualTo(ONE);
    }

    @Test
    void handsOutRecordsOfSeveralPartitionsTogetherAndInTurn() {
        admit(0, 10, 11);
        admit(1, 20, 21);

        Admission first = queue.next().orElseThrow();
        Admission second = queue.next().orElseThrow();
        assertThat(List.of(first.lane().partition(), second.lane().partition())).containsExactly(ZERO, ONE);
        queue.finish(second);
        queue.finish(first);
        assertThat(queue.next().orElseThrow().lane().partition()).isEqualTo(ZERO);
    }

    @Test
    void handsOutSeveralRecordsOfAPartitionWhereOrderIsWaivedAndCommitsBelowTheOpenOne() {
        AdmissionQueue unordered = new AdmissionQueue(new AdmissionQueue.Limits(3, 5, 1000), false, clock);
        unordered.admit(message(0, 10, 1));
        unordered.admit(message(0, 11, 1));
        Admission first = unordered.next().orElseThrow();
        Admission second = unordered.next().orElseThrow();
        unordered.finish(second);
        assertThat(unordered.committable()).isEmpty();

        unordered.finish(first);

        assertThat(unordered.committable()).containsEntry(ZERO, new OffsetAndMetadata(12));
    }

    @Test
    void aWorkerThatTakesARecordWakesAnotherWhereThereIsOneMore() throws Exception {
        // Given two partitions with a record under way, and a worker that finds none
        admit(0, 10);
        admit(1, 20);
        Admission zero = queue.next().orElseThrow();
        Admission one = queue.next().orElseThrow();
        FutureTask<Optional<Admission>> sleeper = new FutureTask<>(() -> queue.next(Duration.ofHours(1)));
        Thread thread = new Thread(sleeper);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        admit(0, 11);
        admit(1, 21);
        queue.finish(zero);
        queue.finish(one);

        // When one of the two that have finished takes the next
        queue.next();

        // Then the other record is not left until somebody looks
        assertThat(sleeper.get(10, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void letsAPostponedRecordWaitAndThoseBehindItToo() {
        admit(0, 10, 11);
        queue.postpone(queue.next().orElseThrow(), Duration.ofSeconds(5));
        assertThat(queue.next()).isEmpty();

        clock.advance(Duration.ofSeconds(5));

        Admission again = queue.next().orElseThrow();
        assertThat(again.message().offset()).isEqualTo(10);
        assertThat(again.failures()).isEqualTo(1);
    }

    @Test
    void pausesAPartitionWithEnoughRecordsAndResumesItWhenOneIsDone() {
        admit(0, 10, 11, 12);
        assertThat(queue.overfull()).containsExactly(ZERO);

        queue.finish(queue.next().orElseThrow());

        assertThat(queue.overfull()).isEmpty();
    }

    @Test
    void pausesAllButEmptyPartitionsWhenTheWholeQueueIsFull() {
        queue.assign(new TopicPartition("photos", 2));
        admit(0, 10, 11);
        admit(1, 20, 21);
        assertThat(queue.overfull()).isEmpty();

        admit(0, 12);

        assertThat(queue.overfull()).containsExactlyInAnyOrder(ZERO, ONE);
    }

    @Test
    void countsBytesToo() {
        queue.admit(message(0, 10, 999));
        assertThat(queue.overfull()).isEmpty();

        queue.admit(message(1, 20, 1));

        assertThat(queue.overfull()).containsExactlyInAnyOrder(ZERO, ONE);
    }

    @Test
    void forgetsARevokedPartitionAlsoWhatIsUnderWay() {
        admit(0, 10, 11);
        Admission underWay = queue.next().orElseThrow();
        queue.revoke(ZERO);
        queue.assign(ZERO);
        admit(0, 10);

        queue.finish(underWay);

        assertThat(queue.committable()).isEmpty();
        assertThat(queue.next().orElseThrow().message().offset()).isEqualTo(10);
    }

    @Test
    void startsOverWhereOffsetsStartOver() {
        admit(0, 10);
        queue.finish(queue.next().orElseThrow());
        admit(0, 2);

        queue.finish(queue.next().orElseThrow());

        assertThat(queue.committable()).containsEntry(ZERO, new OffsetAndMetadata(3));
    }

    @Test
    void handsOutNothingOnceClosed() throws InterruptedException {
        admit(0, 10, 11);
        Admission underWay = queue.next().orElseThrow();
        queue.close();
        assertThat(queue.awaitIdle(Duration.ZERO)).isFalse();

        queue.finish(underWay);

        assertThat(queue.awaitIdle(Duration.ZERO)).isTrue();
        assertThat(queue.next()).isEmpty();
        assertThat(queue.committable()).containsEntry(ZERO, new OffsetAndMetadata(11));
    }

    private void admit(int partition, long... offsets) {
        for (long offset : offsets) {
            queue.admit(message(partition, offset, 1));
        }
    }

    static ConsumerRecord<byte[], byte[]> message(int partition, long offset, int bytes) {
        return new ConsumerRecord<>(
                "photos",
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                new byte[0],
                new byte[bytes],
                new RecordHeaders(),
                java.util.Optional.empty());
    }
}
