package io.sextant.connectors.payload;

import io.sextant.connectors.message.SourceKey;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message as its source brought it. */
public final class IncomingMessage {
    private final String name;
    private final @Nullable SourceKey key;
    private final byte[] body;
    private final Map<String, String> headers;

    /**
     * @param name unlike any other message's of this source, with '/' between its parts
     * @param key the message's key, or null
     * @param body shared: nobody may write to it
     * @param headers as text; of two with one name, the last
     */
    public IncomingMessage(String name, @Nullable SourceKey key, byte[] body, Map<String, String> headers) {
        this.name = Objects.requireNonNull(name, "name");
        this.key = key;
        this.body = Objects.requireNonNull(body, "body");
        this.headers = Map.copyOf(headers);
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

    /** A header, or null. */
    public @Nullable String header(String header) {
        return headers.get(header);
    }
}
