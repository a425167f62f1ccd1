package io.sextant.connectors.payload;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.SourceKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message as its source brought it. */
public final class IncomingMessage {
    private final String name;
    private final @Nullable SourceKey key;
    private final byte[] body;
    private final List<MessageHeader> headers;

    /**
     * @param name unlike any other message's of this source, with '/' between its parts
     * @param key the message's key, or null
     * @param body shared: nobody may write to it
     * @param headers as the message has them, all
     */
    public IncomingMessage(String name, @Nullable SourceKey key, byte[] body, List<MessageHeader> headers) {
        this.name = Objects.requireNonNull(name, "name");
        this.key = key;
        this.body = Objects.requireNonNull(body, "body");
        this.headers = List.copyOf(headers);
    }

    /** Unlike any other message's of this source. */
    public String name() {
        return name;
    }

    /** The message's key, or null. */
    public @Nullable SourceKey key() {
        return key;
    }

    /** The body. Shared: callers must not write to it. */
    public byte[] body() {
        return body;
    }

    /** A header as text, or null; of two with one name, the last. */
    public @Nullable String header(String header) {
        String text = null;
        for (MessageHeader one : headers) {
            text = one.name().equals(header) ? one.text() : text;
        }
        return text;
    }

    /** All headers, in their order. */
    public List<MessageHeader> headers() {
        return headers;
    }
}
