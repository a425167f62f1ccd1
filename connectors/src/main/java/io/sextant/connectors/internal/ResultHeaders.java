package io.sextant.connectors.internal;

import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.core.message.MessageHeaders;
import java.util.ArrayList;
import java.util.List;

/** What a message that is a result says of it: the attributes of a CloudEvent in binary mode, and headers of our own. */
public final class ResultHeaders {
    private static final String TYPE = "io.sextant.result.v1";

    private ResultHeaders() {}

    /** Those of the image's message first, so that ours count where a name is there twice. */
    public static List<MessageHeader> of(ImageResult result) {
        ResultIdentity identity = result.identity();
        List<MessageHeader> headers = new ArrayList<>(identity.headers());
        headers.addAll(List.of(
                MessageHeader.of("ce_specversion", "1.0"),
                MessageHeader.of("ce_id", result.eventId()),
                MessageHeader.of("ce_source", "/sextant/pipelines/" + identity.pipeline()),
                MessageHeader.of("ce_type", TYPE),
                MessageHeader.of("ce_subject", identity.imageName()),
                MessageHeader.of("content-type", "application/json"),
                MessageHeader.of(MessageHeaders.STEP, result.step()),
                MessageHeader.of(MessageHeaders.RESULT_TASK, identity.task()),
                MessageHeader.of(MessageHeaders.RESULT_ID, identity.id()),
                MessageHeader.of(MessageHeaders.IMAGE_DIGEST, identity.imageDigest()),
                MessageHeader.of(MessageHeaders.ORIGIN, result.name())));
        return headers;
    }
}
