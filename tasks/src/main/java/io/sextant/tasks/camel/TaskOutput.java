package io.sextant.tasks.camel;

import org.jspecify.annotations.Nullable;

/** What a step leaves in the message's body. For a list of images it is a list of these, and for JSON one array. */
public enum TaskOutput {
    /** The result document as text. */
    JSON("application/json"),
    /** The {@link io.sextant.tasks.TaskOutcome} itself. */
    OUTCOME(null),
    /** The result document as maps, lists, texts and numbers, for {@code simple}, {@code jsonpath} and their kind. */
    MAP(null),
    /** What the model wrote, as text. */
    TEXT("text/plain"),
    /** The image with the answer drawn on it, as the bytes of a PNG file. */
    IMAGE("image/png");

    private final @Nullable String contentType;

    TaskOutput(@Nullable String contentType) {
        this.contentType = contentType;
    }

    /** For the header {@code Content-Type}; null for an object. */
    @Nullable
    String contentType() {
        return contentType;
    }
}
