package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.StoredLetter;
import io.sextant.connectors.message.SourceKey;
import io.sextant.core.error.ErrorCategory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads messages of a topic of dead letters, and notes of what was replayed, which lie in the same topic. */
final class KafkaLetters {
    /** Header of a note: partition and offset of the letter that was replayed. */
    static final String REPLAYED = KafkaDeadLetter.PREFIX + "Replayed";

    private KafkaLetters() {}

    /** Where a message lies in its topic. */
    static String place(ConsumerRecord<byte[], byte[]> message) {
        return message.partition() + "/" + message.offset();
    }

    /** The letter a note is about; empty if the message is no note. */
    static Optional<String> replayed(ConsumerRecord<byte[], byte[]> message) {
        return Optional.ofNullable(text(message, "Replayed"));
    }

    /** The letter a message is; empty if it is none of Sextant's. */
    static Optional<StoredLetter> read(ConsumerRecord<byte[], byte[]> message) {
        String pipeline = text(message, "Pipeline");
        ErrorCategory category = category(text(message, "Category"));
        if (pipeline == null || category == null) {
            return Optional.empty();
        }
        List<DeadLetter.Header> headers = new ArrayList<>();
        for (Header header : message.headers()) {
            if (!header.key().startsWith(KafkaDeadLetter.PREFIX)) {
                headers.add(new DeadLetter.Header(header.key(), header.value()));
            }
        }
        byte[] key = message.key();
        byte[] body = message.value();
        return Optional.of(new StoredLetter(
                message.topic() + "/" + place(message),
                new StoredLetter.Reason(pipeline, category, or(text(message, "Message"), "")),
                text(message, "Topic"),
                key == null ? null : SourceKey.of(key),
                body,
                headers,
                incomplete(message)));
    }

    private static @Nullable String incomplete(ConsumerRecord<byte[], byte[]> message) {
        List<String> missing = new ArrayList<>();
        if ("false".equals(text(message, "BodyKept"))) {
            missing.add("its body of " + or(text(message, "BodyBytes"), "?") + " bytes, SHA-256 "
                    + or(text(message, "BodyDigest"), "?"));
        }
        if ("false".equals(text(message, "KeyKept"))) {
            missing.add("its key");
        }
        String lost = or(text(message, "HeadersLost"), "0");
        if (!lost.equals("0")) {
            missing.add("headers: " + lost);
        }
        if (missing.isEmpty()) {
            return null;
        }
        return "Left out: " + String.join(", ", missing) + ". The message lies in topic "
                + or(text(message, "Topic"), "?")
                + ", partition " + or(text(message, "Partition"), "?") + ", offset " + or(text(message, "Offset"), "?")
                + ", while that topic keeps it; send it from there.";
    }

    private static @Nullable ErrorCategory category(@Nullable String name) {
        for (ErrorCategory category : ErrorCategory.values()) {
            if (category.name().equals(name)) {
                return category;
            }
        }
        return null;
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> message, String name) {
        Header header = message.headers().lastHeader(KafkaDeadLetter.PREFIX + name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String or(@Nullable String value, String instead) {
        return value == null ? instead : value;
    }
}
