package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.connectors.result.ResultSink;
import java.nio.charset.StandardCharsets;
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
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_id", identity.id()),
                        header("ce_source", source),
                        header("ce_type", TYPE),
                        header("ce_subject", identity.imageName()),
                        header("content-type", "application/json"),
                        header("SextantStep", result.step()),
                        header("SextantTask", identity.task()),
                        header("SextantImageDigest", identity.imageDigest()),
                        header("SextantOrigin", result.name())));
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
