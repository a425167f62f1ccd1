package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.payload.IncomingMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** One message of a topic. */
final class KafkaDelivery implements ImageDelivery {
    private static final byte[] NOTHING = {};

    private final KafkaSource source;
    private final KafkaReceipt receipt;
    private final ConsumerRecord<byte[], byte[]> message;

    KafkaDelivery(KafkaSource source, KafkaReceipt receipt) {
        this.source = source;
        this.receipt = receipt;
        this.message = receipt.admission().message();
    }

    @Override
    public String name() {
        return message.topic() + "/" + message.partition() + "/" + message.offset();
    }

    @Override
    public int attempt() {
        return receipt.admission().failures() + 1;
    }

    @Override
    public List<ImageRequest> requests() {
        List<MessageHeader> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            if (header.value() != null) {
                headers.add(new MessageHeader(header.key(), header.value()));
            }
        }
        return source.payloads().read(new IncomingMessage(name(), key(), body(), headers));
    }

    @Override
    public boolean awaitTurn() {
        return receipt.awaitTurn();
    }

    @Override
    public void acknowledge() {
        receipt.finish();
    }

    @Override
    public void reject(Rejection rejection) {
        List<DeadLetter.Header> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            headers.add(new DeadLetter.Header(header.key(), header.value()));
        }
        source.deadLetters().take(new DeadLetter(name(), key(), message.value(), headers, origin(), rejection));
        receipt.finish();
    }

    @Override
    public Duration postpone() {
        Duration pause = source.backoff().after(receipt.admission().failures() + 1);
        receipt.postpone(pause);
        return pause;
    }

    private byte[] body() {
        byte[] value = message.value();
        return value == null ? NOTHING : value;
    }

    private @Nullable SourceKey key() {
        byte[] key = message.key();
        return key == null ? null : SourceKey.of(key);
    }

    private List<DeadLetter.Header> origin() {
        return List.of(
                text("topic", message.topic()),
                text("partition", Integer.toString(message.partition())),
                text("offset", Long.toString(message.offset())));
    }

    private static DeadLetter.Header text(String name, String value) {
        return new DeadLetter.Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
