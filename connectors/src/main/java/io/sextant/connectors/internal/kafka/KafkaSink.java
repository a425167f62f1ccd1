package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.connectors.result.ResultSink;
import io.sextant.core.message.MessageHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results as messages of a topic, as CloudEvents in binary mode: the document is the body, its attributes are headers. */
final class KafkaSink implements ResultSink {
    private static final String TYPE = "io.sextant.result.v1";

    private final KafkaProducing producing;
    private final String source;

    KafkaSink(KafkaProducing producing, String pipeline) {
        this.producing = producing;
        this.source = "/sextant/pipelines/" + pipeline;
    }

    @Override
    public void open() {
        producing.open();
    }

    @Override
    public void publish(ImageResult result) {
        ResultIdentity identity = result.identity();
        SourceKey key = identity.key();
        producing.send(
                key == null ? identity.imageDigest().getBytes(StandardCharsets.US_ASCII) : key.toBytes(),
                result.compactJson().getBytes(StandardCharsets.UTF_8),
                headers(result));
    }

    /** Ours count before those of the message. */
    List<Header> headers(ImageResult result) {
        ResultIdentity identity = result.identity();
        List<Header> headers = new ArrayList<>();
        for (MessageHeader header : identity.headers()) {
            headers.add(new Header(header.name(), header.value()));
        }
        headers.addAll(List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", result.eventId()),
                header("ce_source", source),
                header("ce_type", TYPE),
                header("ce_subject", identity.imageName()),
                header("content-type", "application/json"),
                header(MessageHeaders.STEP, result.step()),
                header(MessageHeaders.RESULT_TASK, identity.task()),
                header(MessageHeaders.RESULT_ID, identity.id()),
                header(MessageHeaders.IMAGE_DIGEST, identity.imageDigest()),
                header(MessageHeaders.ORIGIN, result.name())));
        return headers;
    }

    /** A topic cannot be looked up. */
    @Override
    public Optional<PublishedResult> find(String name, String step) {
        return Optional.empty();
    }

    @Override
    public boolean canFind() {
        return false;
    }

    /** A message is one document. */
    @Override
    public boolean takesDrawings() {
        return false;
    }

    @Override
    public void close() {
        producing.close();
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
