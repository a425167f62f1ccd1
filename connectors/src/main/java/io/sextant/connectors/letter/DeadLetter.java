package io.sextant.connectors.letter;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.message.SourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message that is put aside, whole, with the reason. */
public final class DeadLetter {
    private final String name;
    private final @Nullable SourceKey key;
    private final byte @Nullable [] body;
    private final List<Header> headers;
    private final List<Header> origin;
    private final Rejection rejection;

    /**
     * @param name as {@link ImageDelivery#name()}
     * @param key the key the message came with, or null
     * @param body as it came, null for a message without one; the letter takes ownership
     * @param headers as they came, in their order
     * @param origin where it came from, for instance topic, partition and offset
     * @param rejection why it was rejected
     */
    public DeadLetter(
            String name,
            @Nullable SourceKey key,
            byte @Nullable [] body,
            List<Header> headers,
            List<Header> origin,
            Rejection rejection) {
        this.name = Objects.requireNonNull(name, "name");
        this.key = key;
        this.body = body;
        this.headers = new ArrayList<>(headers);
        this.origin = List.copyOf(origin);
        this.rejection = Objects.requireNonNull(rejection, "rejection");
    }

    /** Unlike any other's of its source. */
    public String name() {
        return name;
    }

    /** The key the message came with, or null. */
    public @Nullable SourceKey key() {
        return key;
    }

    /** As it came; null for a message without a body, a tombstone. Shared: callers must not write to it. */
    public byte @Nullable [] body() {
        return body;
    }

    /** As they came, in their order; a name may stand there twice. */
    public List<Header> headers() {
        return List.copyOf(headers);
    }

    /** Where it came from, as names and texts. */
    public List<Header> origin() {
        return origin;
    }

    /** Why it was rejected. */
    public Rejection rejection() {
        return rejection;
    }

    /** A header: its name, and its value, or null. Values are shared: callers must not write to them. */
    public static final class Header {
        private final String name;
        private final byte @Nullable [] value;

        /** @param value the header takes ownership */
        public Header(String name, byte @Nullable [] value) {
            this.name = Objects.requireNonNull(name, "name");
            this.value = value;
        }

        /** The header's name. */
        public String name() {
            return name;
        }

        /** The header's value, or null. */
        public byte @Nullable [] value() {
            return value;
        }
    }
}
