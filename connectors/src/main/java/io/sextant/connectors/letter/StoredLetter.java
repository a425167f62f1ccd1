package io.sextant.connectors.letter;

import io.sextant.connectors.message.SourceKey;
import io.sextant.core.error.ErrorCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dead letter as it lies in its place: the message that was rejected, and why. */
public final class StoredLetter {
    private final String position;
    private final Reason reason;
    private final @Nullable String topic;
    private final @Nullable SourceKey key;
    private final byte @Nullable [] body;
    private final List<DeadLetter.Header> headers;
    private final @Nullable String incomplete;

    /**
     * @param position where it lies, unlike any other letter's of its place
     * @param reason why it was rejected
     * @param topic where the message came from, or null if that is not known
     * @param key the key the message came with, or null
     * @param body as it came, null for a message without one; the letter takes ownership
     * @param headers as they came, in their order
     * @param incomplete what of the message was left out, and where to find it; null if it is here whole
     */
    public StoredLetter(
            String position,
            Reason reason,
            @Nullable String topic,
            @Nullable SourceKey key,
            byte @Nullable [] body,
            List<DeadLetter.Header> headers,
            @Nullable String incomplete) {
        this.position = Objects.requireNonNull(position, "position");
        this.reason = Objects.requireNonNull(reason, "reason");
        this.topic = topic;
        this.key = key;
        this.body = body;
        this.headers = new ArrayList<>(headers);
        this.incomplete = incomplete;
    }

    /** Where it lies, unlike any other letter's of its place. */
    public String position() {
        return position;
    }

    /** Why it was rejected. */
    public Reason reason() {
        return reason;
    }

    /** Where the message came from; empty if that is not known. */
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
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
    public List<DeadLetter.Header> headers() {
        return List.copyOf(headers);
    }

    /** What of the message was left out, and where to find it; empty if it is here whole. */
    public Optional<String> incomplete() {
        return Optional.ofNullable(incomplete);
    }

    /**
     * Why a message was rejected.
     *
     * @param pipeline the pipeline's name
     * @param category who has to act
     * @param message what happened
     */
    public record Reason(String pipeline, ErrorCategory category, String message) {
        public Reason {
            Objects.requireNonNull(pipeline, "pipeline");
            Objects.requireNonNull(category, "category");
            Objects.requireNonNull(message, "message");
        }
    }
}
