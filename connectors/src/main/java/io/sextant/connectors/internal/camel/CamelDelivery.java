package io.sextant.connectors.internal.camel;

import io.sextant.connectors.ImageDelivery;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import io.sextant.connectors.letter.Rejection;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.payload.IncomingMessage;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** One exchange that an endpoint brought. */
final class CamelDelivery implements ImageDelivery {
    /** Exchange property: the delivery. */
    static final String PROPERTY = "SextantCamelDelivery";

    /** What a request may say besides its image, in bytes. */
    private static final long MOST_AROUND = 2 << 20;

    private final CamelSource source;
    private final Exchange brought;
    private final String name;
    private byte @Nullable [] body;
    private int attempts;
    private boolean isDone;
    private Duration pause = Duration.ZERO;

    CamelDelivery(CamelSource source, Exchange brought) {
        this.source = source;
        this.brought = brought;
        this.name = name(brought.getMessage());
    }

    /** A file's name where the endpoint brings files, else the message's id, which no other message of this context has. */
    private static String name(Message message) {
        String file = message.getHeader(Exchange.FILE_NAME, String.class);
        return file == null || file.isBlank() ? message.getMessageId() : file.replace('\\', '/');
    }

    /** A further attempt begins. */
    void begin() {
        attempts++;
        pause = source.backoff().after(attempts);
    }

    boolean isDone() {
        return isDone;
    }

    /** Until the next attempt. */
    Duration pause() {
        return pause;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int attempt() {
        return attempts;
    }

    @Override
    public List<ImageRequest> requests() {
        return source.payloads().read(new IncomingMessage(name, null, body(), headers()));
    }

    @Override
    public void acknowledge() {
        isDone = true;
        if (brought.getPattern() == ExchangePattern.InOut) {
            brought.getMessage().setBody("");
        }
    }

    /** Where there is no place for dead letters, or somebody waits for an answer, the endpoint is told. */
    @Override
    public void reject(Rejection rejection) {
        DeadLetterSink letters = source.deadLetters();
        if (letters != null) {
            List<DeadLetter.Header> headers = new ArrayList<>();
            headers().forEach(header -> headers.add(new DeadLetter.Header(header.name(), header.value())));
            List<DeadLetter.Header> origin = List.of(new DeadLetter.Header(
                    "endpoint", source.from().getEndpointBaseUri().getBytes(StandardCharsets.UTF_8)));
            letters.take(new DeadLetter(name, null, whatCame(), headers, origin, rejection));
        }
        if (letters == null || brought.getPattern() == ExchangePattern.InOut) {
            brought.setException(new InvalidRequestException(rejection.message()));
        }
        isDone = true;
    }

    @Override
    public Duration postpone() {
        return pause;
    }

    /** Null where the message had no body; nothing where the one it had could not be read. */
    private byte @Nullable [] whatCame() {
        if (brought.getMessage().getBody() == null) {
            return null;
        }
        return body == null ? new byte[0] : body;
    }

    /** Read once: a stream gives its bytes only once, and the image may be tried again. */
    private byte[] body() {
        byte[] known = body;
        if (known == null) {
            known = read(brought.getMessage());
            body = known;
        }
        return known;
    }

    private byte[] read(Message message) {
        if (message.getBody() == null) {
            return new byte[0];
        }
        long most = Math.min(Integer.MAX_VALUE - 8, source.settings().maxImageBytes() / 3 * 4 + MOST_AROUND);
        try (InputStream in = message.getBody(InputStream.class)) {
            if (in == null) {
                throw new InvalidRequestException("Message " + name + " has a body of the class "
                        + message.getBody().getClass().getName()
                        + ", which Camel cannot read as bytes; send bytes, a stream, a file or text.");
            }
            byte[] read = in.readNBytes((int) most);
            if (read.length == most) {
                throw InvalidImageException.tooLarge(
                        name, read.length, source.settings().maxImageBytes());
            }
            return read;
        } catch (IOException e) {
            throw new InvalidRequestException("Message " + name + " cannot be read (" + e + "); send it again.", e);
        }
    }

    /** Those that are text, a number or a yes or no; Camel's own tell where the message has been. */
    private List<MessageHeader> headers() {
        List<MessageHeader> headers = new ArrayList<>();
        for (Map.Entry<String, Object> header :
                brought.getMessage().getHeaders().entrySet()) {
            Object value = header.getValue();
            if (header.getKey().startsWith("Camel")) {
                continue;
            }
            if (value instanceof byte[] bytes) {
                headers.add(new MessageHeader(header.getKey(), bytes));
            } else if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
                headers.add(MessageHeader.of(header.getKey(), value.toString()));
            }
        }
        return headers;
    }
}
