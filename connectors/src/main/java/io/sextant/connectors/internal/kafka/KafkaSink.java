package io.sextant.connectors.internal.kafka;

import io.sextant.connectors.internal.ResultHeaders;
import io.sextant.connectors.letter.DeadLetter.Header;
import io.sextant.connectors.message.SourceKey;
import io.sextant.connectors.result.ImageResult;
import io.sextant.connectors.result.PublishedResult;
import io.sextant.connectors.result.ResultIdentity;
import io.sextant.connectors.result.ResultSink;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Results as messages of a topic, as CloudEvents in binary mode: the document is the body, its attributes are headers. */
final class KafkaSink implements ResultSink {
    private final KafkaProducing producing;

    KafkaSink(KafkaProducing producing) {
        this.producing = producing;
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
                ResultHeaders.of(result).stream()
                        .map(header -> new Header(header.name(), header.value()))
                        .toList());
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
}
