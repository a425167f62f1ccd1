package io.sextant.connectors.internal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.connectors.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopicReadingTest {
    private static final TopicPartition ZERO = new TopicPartition("letters", 0);
    private static final TopicPartition ONE = new TopicPartition("letters", 1);

    private final MockConsumer<byte[], byte[]> client = client();
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<String> read = new ArrayList<>();

    @Test
    void readsFromTheBeginningToTheEndsAsOftenAsItIsAsked() {
        TopicReading reading = reading(2, 1);
        for (int time = 0; time < 2; time++) {
            client.schedulePollTask(() -> {
                add(ZERO, 0);
                add(ZERO, 1);
                add(ZERO, 2);
            });
            client.schedulePollTask(() -> add(ONE, 0));
            reading.forEach(this::note);
        }

        assertThat(read).containsExactly("0/0", "0/1", "1/0", "0/0", "0/1", "1/0");
    }

    @Test
    void endsWhereTheBrokerFallsSilentMidway() {
        client.schedulePollTask(() -> add(ZERO, 0));
        for (int second = 0; second < 40; second++) {
            client.schedulePollTask(
                    () -> nanoTime.addAndGet(Duration.ofSeconds(1).toNanos()));
        }

        assertThatThrownBy(() -> reading(2, 5).forEach(this::note))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("30 s")
                .hasMessageContaining("{letters-0=1, letters-1=5}")
                .hasMessageContaining("check the broker");
        assertThat(read).containsExactly("0/0");
    }

    @Test
    void waitsForASlowBrokerThatGoesOn() {
        for (int offset = 0; offset < 5; offset++) {
            int next = offset;
            client.schedulePollTask(
                    () -> nanoTime.addAndGet(Duration.ofSeconds(29).toNanos()));
            client.schedulePollTask(() -> add(ZERO, next));
        }

        reading(5, 0).forEach(this::note);

        assertThat(read).hasSize(5);
    }

    private TopicReading reading(long endOfZero, long endOfOne) {
        return new TopicReading(client, Map.of(ZERO, endOfZero, ONE, endOfOne), nanoTime::get);
    }

    private void note(ConsumerRecord<byte[], byte[]> message) {
        read.add(message.partition() + "/" + message.offset());
    }

    private void add(TopicPartition partition, long offset) {
        client.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, new byte[0], new byte[0]));
    }

    private static MockConsumer<byte[], byte[]> client() {
        MockConsumer<byte[], byte[]> client = new MockConsumer<>("earliest");
        client.assign(List.of(ZERO, ONE));
        client.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
        return client;
    }
}
