package io.sextant.app.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.sextant.connectors.message.MessageHeader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a trace's headers from a message, and writes them to what is made of it. */
enum MessageHeaderCarrier implements TextMapGetter<List<MessageHeader>>, TextMapSetter<List<MessageHeader>> {
    /** The only one. */
    INSTANCE;

    @Override
    public Iterable<String> keys(List<MessageHeader> headers) {
        return headers.stream().map(MessageHeader::name).toList();
    }

    @Override
    public @Nullable String get(@Nullable List<MessageHeader> headers, String name) {
        if (headers == null) {
            return null;
        }
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(MessageHeader::text)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void set(@Nullable List<MessageHeader> headers, String name, String value) {
        if (headers != null) {
            headers.removeIf(header -> header.name().equalsIgnoreCase(name));
            headers.add(MessageHeader.of(name, value));
        }
    }
}
