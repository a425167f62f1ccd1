package io.sextant.tasks.camel;

import io.sextant.core.error.InvalidImageException;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Finds the image of an exchange, and decodes it once however many steps ask about it. */
final class ExchangeImages {
    /** Exchange property: the body that the decoded image came from. */
    private static final String SOURCE_PROPERTY = "SextantImageSource";

    private final ImageDecoder decoder;

    ExchangeImages(ImageDecoder decoder) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
    }

    /** The image in the body, else that of an earlier step, else null. */
    @Nullable
    RgbImage image(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        RgbImage known = exchange.getProperty(SextantHeaders.IMAGE_PROPERTY, RgbImage.class);
        if (known != null && body == exchange.getProperty(SOURCE_PROPERTY)) {
            return known;
        }
        RgbImage decoded = decode(exchange.getMessage(), body);
        if (decoded == null) {
            return known;
        }
        exchange.setProperty(SextantHeaders.IMAGE_PROPERTY, decoded);
        exchange.setProperty(SOURCE_PROPERTY, body);
        return decoded;
    }

    private @Nullable RgbImage decode(Message message, @Nullable Object body) {
        if (body instanceof RgbImage image) {
            return image;
        }
        if (body instanceof byte[] bytes) {
            return decoder.decode(name(message), bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return decoder.decode(name(message), bytes);
        }
        if (body instanceof Path path) {
            return decoder.decode(path);
        }
        if (body instanceof File file) {
            return decoder.decode(file.toPath());
        }
        if (body instanceof WrappedFile<?> file && file.getFile() instanceof File local) {
            return decoder.decode(local.toPath());
        }
        if (body instanceof InputStream in) {
            return decode(message, in);
        }
        if (body instanceof WrappedFile<?> file) {
            InputStream content = message.getBody(InputStream.class);
            return content == null ? decode(message, file.getBody()) : decode(message, content);
        }
        return null;
    }

    private RgbImage decode(Message message, InputStream content) {
        String name = name(message);
        try (InputStream in = content) {
            return decoder.decode(name, in);
        } catch (IOException e) {
            throw new InvalidImageException("Image \"" + name + "\" cannot be read (" + e + "); send it again.", e);
        } finally {
            if (content instanceof StreamCache cache) {
                cache.reset();
            }
        }
    }

    private static String name(Message message) {
        for (String header : new String[] {SextantHeaders.IMAGE_NAME, Exchange.FILE_NAME}) {
            String name = message.getHeader(header, String.class);
            if (name != null && !name.isBlank()) {
                return name;
            }
        }
        return "message " + message.getExchange().getExchangeId();
    }
}
