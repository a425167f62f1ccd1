package io.sextant.connectors.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One image a delivery brings, and what is asked about it.
 *
 * @param name unlike any other image's of this source, with '/' between its parts; names files of results
 * @param imageName what the result document calls the image: its file name, object key or what the sender calls it; the
 *     same image may come twice under it
 * @param key the key its message came with, or null
 * @param content its bytes
 * @param question what is asked
 * @param headers those of its message, all; empty where there is none
 */
public record ImageRequest(
        String name,
        String imageName,
        @Nullable SourceKey key,
        ImageContent content,
        Question question,
        List<MessageHeader> headers) {
    public ImageRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(imageName, "imageName");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(question, "question");
        headers = List.copyOf(headers);
    }

    /** An image with a name of its own, about which the pipeline's steps are asked. */
    public static ImageRequest of(String name, ImageContent content) {
        return new ImageRequest(name, name, null, content, Question.AS_CONFIGURED, List.of());
    }
}
