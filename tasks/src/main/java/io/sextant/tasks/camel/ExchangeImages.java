package io.sextant.tasks.camel;

import io.sextant.core.error.InvalidImageException;
import io.sextant.core.image.Base64Image;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Finds the images of an exchange, and decodes one once however many steps ask about it. */
final class ExchangeImages {
    /** What a body may be; ends a sentence. */
    static final String KINDS =
            "send bytes, a stream, a File, a Path, a ByteBuffer, a BufferedImage, an RgbImage, one of"
                    + " Camel's files, a list of these, or attachments whose media type is an image's; an image as text, in Base64 or a data URI, needs the option base64=true";

    /** Exchange property: the body that the decoded image came from. */
    private static final String SOURCE_PROPERTY = "SextantImageSource";

    /** Exchange property: what was decoded of a list, or of a body that has attachments beside it. */
    private static final String DECODED_PROPERTY = "SextantImageParts";

    /** Exchange property: the body that a step left as the image, or the images, with its answer drawn on. */
    private static final String DRAWN_PROPERTY = "SextantDrawnBody";

    /** Characters of a data URI before its image, and of blanks. */
    private static final int MOST_AROUND = 1024;

    private final ImageDecoder decoder;
    private final boolean isBase64;

    /** @param isBase64 whether texts are images in Base64 or data URIs, and so what bytes and streams hold */
    ExchangeImages(ImageDecoder decoder, boolean isBase64) {
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.isBase64 = isBase64;
    }

    /** The images of a body that is a list of them, or of several attachments; null where there is one at most. */
    @Nullable
    List<RgbImage> batch(Exchange exchange) {
        List<Supplier<RgbImage>> attached = attached(exchange);
        if (attached.size() > 1) {
            return attached.stream().map(Supplier::get).toList();
        }
        Message message = exchange.getMessage();
        Object body = message.getBody();
        List<?> parts;
        if (body instanceof Collection<?> collection) {
            parts = new ArrayList<>(collection);
        } else if (body instanceof Object[] array) {
            parts = Arrays.asList(array);
        } else {
            return null;
        }
        return once(exchange, parts.stream().map(ExchangeImages::content).toList(), () -> decode(parts, message));
    }

    private static @Nullable Object content(@Nullable Object part) {
        Object content = part instanceof Exchange inner ? inner.getMessage().getBody() : part;
        return content instanceof Message inner ? inner.getBody() : content;
    }

    private List<RgbImage> decode(List<?> parts, Message message) {
        List<RgbImage> images = new ArrayList<>();
        for (Object part : parts) {
            Object content = content(part);
            String name = name(part instanceof Exchange inner ? inner.getMessage() : message);
            RgbImage image = decode(name + "/" + (images.size() + 1), message, content);
            if (image == null) {
                throw new InvalidImageException("Part " + (images.size() + 1) + " of the body's list is "
                        + kind(content) + ", which is no image; " + KINDS + ".");
            }
            images.add(image);
        }
        return images;
    }

    /** Says that the body is what a step made of the message's images, and so stands for those that are attached. */
    static void drawn(Message message) {
        message.getExchange().setProperty(DRAWN_PROPERTY, message.getBody());
    }

    private static boolean isDrawn(Message message) {
        Object body = message.getBody();
        return body != null && body == message.getExchange().getProperty(DRAWN_PROPERTY);
    }

    /** A body that says it is an image, and the attachments that do, not decoded yet; none where nothing is attached or it was answered. */
    private List<Supplier<RgbImage>> attached(Exchange exchange) {
        Message message = exchange.getMessage();
        if (isDrawn(message)) {
            return List.of();
        }
        List<Supplier<RgbImage>> images = new ArrayList<>();
        AttachedImages.of(exchange).forEach(attachment -> images.add(() -> decode(attachment)));
        boolean isBodyOne = AttachedImages.isImage(message.getHeader(Exchange.CONTENT_TYPE, "", String.class));
        if (!images.isEmpty() && isBodyOne) {
            Object body = message.getBody();
            images.add(
                    0,
                    () -> once(
                                    exchange,
                                    Collections.singletonList(body),
                                    () -> List.of(required(decode(name(message), message, body), body)))
                            .get(0));
        }
        return images;
    }

    /** Streams are spent once they are read, and a message may come again: what the same parts hold is decoded once. */
    private static List<RgbImage> once(Exchange exchange, List<?> parts, Supplier<List<RgbImage>> decode) {
        Decoded known = exchange.getProperty(DECODED_PROPERTY, Decoded.class);
        if (known != null && known.isOf(parts)) {
            return known.images();
        }
        Decoded decoded = new Decoded(parts, decode.get());
        exchange.setProperty(DECODED_PROPERTY, decoded);
        return decoded.images();
    }

    /**
     * Images, and what they were decoded from.
     *
     * @param parts what the body's list held, or the body
     */
    private record Decoded(List<?> parts, List<RgbImage> images) {
        /** Whether these are the very same objects. */
        boolean isOf(List<?> others) {
            return parts.size() == others.size()
                    && IntStream.range(0, parts.size()).allMatch(i -> parts.get(i) == others.get(i));
        }
    }

    private static RgbImage required(@Nullable RgbImage image, @Nullable Object body) {
        if (image == null) {
            throw new InvalidImageException("The body says it is an image and is " + kind(body) + "; " + KINDS + ".");
        }
        return image;
    }

    private RgbImage decode(AttachedImages.Attached attachment) {
        try (InputStream content = attachment.content().open()) {
            return decoder.decode(attachment.name(), content);
        } catch (IOException e) {
            throw new InvalidImageException(
                    "Attachment \"" + attachment.name() + "\" cannot be read (" + e + "); send it again.", e);
        }
    }

    /** The image that is attached or the body, else that of an earlier step, else null. */
    @Nullable
    RgbImage image(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        RgbImage known = exchange.getProperty(SextantHeaders.IMAGE_PROPERTY, RgbImage.class);
        if (known != null && body == exchange.getProperty(SOURCE_PROPERTY)) {
            return known;
        }
        List<Supplier<RgbImage>> attached = attached(exchange);
        RgbImage decoded = attached.isEmpty()
                ? decodeBody(exchange.getMessage())
                : attached.get(0).get();
        if (decoded == null) {
            return known;
        }
        exchange.setProperty(SextantHeaders.IMAGE_PROPERTY, decoded);
        exchange.setProperty(SOURCE_PROPERTY, body);
        return decoded;
    }

    private @Nullable RgbImage decodeBody(Message message) {
        Object body = message.getBody();
        try {
            return decode(name(message), message, body);
        } catch (InvalidImageException e) {
            boolean isMultipart = message.getHeader(Exchange.CONTENT_TYPE, "", String.class)
                    .strip()
                    .startsWith("multipart/");
            if (isMultipart && (body instanceof byte[] || body instanceof InputStream)) {
                throw new InvalidImageException(
                        "The body is multipart and in one piece; put unmarshal().mimeMultipart(), of"
                                + " camel-mail, before this step, which makes attachments of its parts.",
                        e);
            }
            throw e;
        }
    }

    /** A body for messages: its class, never its content. */
    static String kind(@Nullable Object body) {
        if (body == null) {
            return "empty";
        }
        return body instanceof CharSequence text
                ? "a text of " + text.length() + " characters"
                : "a " + body.getClass().getName();
    }

    private @Nullable RgbImage decode(String name, Message message, @Nullable Object body) {
        if (body instanceof RgbImage image) {
            return image;
        }
        if (body instanceof BufferedImage image) {
            return decoder.decode(name, png(image));
        }
        if (body instanceof byte[] bytes) {
            return decode(name, bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return decode(name, bytes);
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
            return decode(name, in);
        }
        if (body instanceof WrappedFile<?> file) {
            InputStream content = message.getBody() == body ? message.getBody(InputStream.class) : null;
            return content == null ? decode(name, message, file.getBody()) : decode(name, content);
        }
        return isBase64 && body instanceof CharSequence text ? decodeText(name, text.toString()) : null;
    }

    private RgbImage decode(String name, byte[] bytes) {
        return isBase64
                ? decodeText(name, new String(bytes, StandardCharsets.ISO_8859_1))
                : decoder.decode(name, bytes);
    }

    private RgbImage decode(String name, InputStream content) {
        try (InputStream in = content) {
            return isBase64 ? decode(name, text(name, in)) : decoder.decode(name, in);
        } catch (IOException e) {
            throw new InvalidImageException("Image \"" + name + "\" cannot be read (" + e + "); send it again.", e);
        } finally {
            if (content instanceof StreamCache cache) {
                cache.reset();
            }
        }
    }

    /** No more of it than an image within the limit takes in Base64, line breaks and escapes included. */
    private byte[] text(String name, InputStream in) throws IOException {
        long maxBytes = decoder.limits().maxBytes();
        int most = (int) Math.min(Integer.MAX_VALUE - 16, 2 * Math.min(Integer.MAX_VALUE, maxBytes) + MOST_AROUND);
        byte[] text = in.readNBytes(most + 1);
        if (text.length > most) {
            throw InvalidImageException.tooLarge(name, maxBytes + 1, maxBytes);
        }
        return text;
    }

    private RgbImage decodeText(String name, String text) {
        byte[] bytes;
        try {
            bytes = Base64Image.decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidImageException(
                    "Image \"" + name + "\" " + e.getMessage() + "; mend it, or leave base64=true out.", e);
        }
        return decoder.decode(name, bytes);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("to memory", e);
        }
        return bytes.toByteArray();
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
