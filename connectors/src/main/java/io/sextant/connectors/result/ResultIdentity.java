package io.sextant.connectors.result;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.SourceKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a result is known by, for sinks that tell it outside the document.
 *
 * @param id the result's deterministic id, 64 hex digits
 * @param pipeline the pipeline's name
 * @param task the task that answered
 * @param imageName what the document calls the image
 * @param imageDigest SHA-256 of the encoded image, 64 lower-case hex digits
 * @param key the key the image's message came with, or null
 * @param headers of the image's message that go on to its results
 */
public record ResultIdentity(
        String id,
        String pipeline,
        String task,
        String imageName,
        String imageDigest,
        @Nullable SourceKey key,
        List<MessageHeader> headers) {
    public ResultIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(imageName, "imageName");
        Objects.requireNonNull(imageDigest, "imageDigest");
        headers = List.copyOf(headers);
    }
}
