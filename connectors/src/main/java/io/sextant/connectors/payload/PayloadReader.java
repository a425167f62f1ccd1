package io.sextant.connectors.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.connectors.Connectors;
import io.sextant.connectors.NotificationFormat;
import io.sextant.connectors.NotifiedObject;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.internal.WrittenNames;
import io.sextant.connectors.message.ImageContent;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.Question;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.error.ShownText;
import io.sextant.core.image.Base64Image;
import io.sextant.core.image.ImageFormat;
import io.sextant.core.message.MessageHeaders;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands messages. The body decides: what begins with <code>{</code> is a JSON request or a store's notification, a
 * line of text that begins with a URI's scheme is a claim check, an image in Base64 or a data URI is that image, and each of
 * these may also come as a JSON text, in quotes. All may be in UTF-8 or UTF-16, with or without byte order mark. Any other
 * text is refused, and everything else is an image. Thread-safe.
 */
public final class PayloadReader {
    private static final Logger LOGGER = LoggerFactory.getLogger(PayloadReader.class);
    private static final Set<String> ENVELOPE_KEYS = Set.of("image", "steps", "turns", "prompt", "box");
    private static final Set<String> IMAGE_KEYS = Set.of("data", "reference", "name");
    private static final Pattern CLAIM_CHECK = Pattern.compile("[A-Za-z][A-Za-z0-9]{1,9}:[^\\s\\p{Cntrl}]\\P{Cntrl}*");
    private static final int LONGEST_CLAIM_CHECK = 4096;
    /** What a request may say besides its image, in bytes. */
    private static final long MOST_AROUND = 1 << 20;

    private static final int LONGEST_NAME = 1024;

    private final Map<String, ReferenceReader> references;
    private final String allowing;
    private final long maxImageBytes;
    private final LongAdder leftOut;
    private final List<NotificationFormat> notifications = Connectors.standardNotifications();

    /**
     * @param references by URI scheme, what reads images that are referred to; other schemes are refused
     * @param maxImageBytes largest encoded image that is taken
     */
    public PayloadReader(Map<String, ReferenceReader> references, long maxImageBytes) {
        this(references, maxImageBytes, new LongAdder());
    }

    /** @param allowing what allows references, for messages: where it stands, and its name */
    public PayloadReader(Map<String, ReferenceReader> references, String allowing, long maxImageBytes) {
        this(references, allowing, maxImageBytes, new LongAdder());
    }

    /** @param leftOut counts notified objects that were left out because Sextant wrote them, or nobody means them as images */
    public PayloadReader(Map<String, ReferenceReader> references, long maxImageBytes, LongAdder leftOut) {
        this(references, "the pipeline's key \"references\"", maxImageBytes, leftOut);
    }

    private PayloadReader(
            Map<String, ReferenceReader> references, String allowing, long maxImageBytes, LongAdder leftOut) {
        this.references = Map.copyOf(references);
        this.allowing = allowing;
        this.maxImageBytes = maxImageBytes;
        this.leftOut = leftOut;
    }

    /**
     * The images a message brings or refers to, and what is asked about each. They are fetched only when read.
     *
     * @return none for notifications that tell of no new object
     * @throws InvalidRequestException if it cannot be understood or refers to what is not allowed
     * @throws InvalidImageException if an image in it is too large
     */
    public List<ImageRequest> read(IncomingMessage message) {
        JsonRequest json = new JsonRequest(message.name());
        byte[] body = utf8(message, json);
        if (BodyText.first(body) != '"') {
            return read(message, body, json);
        }
        JsonNode quoted = json.parse(body, "the body");
        byte[] text = BodyText.withoutMarks(quoted.asText().strip().getBytes(StandardCharsets.UTF_8));
        if (BodyText.first(text) != '{' && !isPlainText(text)) {
            throw notUnderstood(text, json);
        }
        return read(message, text, json);
    }

    private static byte[] utf8(IncomingMessage message, JsonRequest json) {
        try {
            return BodyText.utf8(message.body());
        } catch (CharacterCodingException e) {
            throw json.refused("the body is not the Unicode text that its byte order mark says it is");
        }
    }

    /** @param body in UTF-8 if it is text */
    private List<ImageRequest> read(IncomingMessage message, byte[] body, JsonRequest json) {
        if (BodyText.first(body) == '{') {
            return readJson(message, body, json);
        }
        if (BodyText.isBlank(body)) {
            throw json.refused("it has no body");
        }
        Question question = new QuestionReader(message, json).read(null);
        if (isPlainText(body)) {
            return List.of(readText(message, body, question, json));
        }
        requireSize(message.name(), body.length);
        return List.of(request(message, message.name(), null, message.name(), () -> body, question));
    }

    private static boolean isPlainText(byte[] body) {
        return BodyText.isText(body) && ImageFormat.of(body).isEmpty();
    }

    private ImageRequest readText(IncomingMessage message, byte[] body, Question question, JsonRequest json) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (Base64Image.isDataUri(text)) {
            byte[] content = decoded(text, "the body", json);
            requireSize(message.name(), content.length);
            return request(message, message.name(), null, message.name(), () -> content, question);
        }
        if (body.length <= LONGEST_CLAIM_CHECK && CLAIM_CHECK.matcher(text).matches()) {
            return referred(message, text, null, question, json);
        }
        byte[] content = Base64Image.image(text).orElseThrow(() -> notUnderstood(body, json));
        requireSize(message.name(), content.length);
        return request(message, message.name(), null, message.name(), () -> content, question);
    }

    private InvalidRequestException notUnderstood(byte[] text, JsonRequest json) {
        List<String> examples = references.values().stream()
                .map(ReferenceReader::example)
                .filter(example -> !example.isEmpty())
                .sorted()
                .toList();
        String data = "{\"image\": {\"data\": \"the image in Base64\"}}";
        return json.refused("its body " + ImageFormat.describe(text) + "; a body is the image itself, "
                + (examples.isEmpty()
                        ? "or JSON such as " + data + " (a line that refers to one is not read here; " + allowing
                                + " allows it)"
                        : "a line such as " + String.join(" or ", examples)
                                + ", or JSON such as {\"image\": {\"reference\": \"" + examples.get(0) + "\"}} or "
                                + data));
    }

    private List<ImageRequest> readJson(IncomingMessage message, byte[] body, JsonRequest json) {
        // Base64 takes four bytes for three; what goes beyond is no image that could be used.
        if (body.length / 4L * 3 > maxImageBytes + MOST_AROUND) {
            requireSize(message.name(), body.length / 4L * 3);
        }
        JsonNode node = json.parse(body, "the body");
        for (NotificationFormat format : notifications) {
            if (format.isOne(node)) {
                return notified(message, objects(format, node, json), json);
            }
        }
        json.requireObject(node, "the request", ENVELOPE_KEYS);
        JsonNode image = node.path("image");
        json.requireObject(image, "image", IMAGE_KEYS);
        String data = json.text(image, "data", "image");
        String reference = json.text(image, "reference", "image");
        String name = json.text(image, "name", "image");
        if ((data == null) == (reference == null)) {
            throw json.refused("image must have either data (Base64) or reference");
        }
        Question question = new QuestionReader(message, json).read(node);
        if (reference != null) {
            return List.of(referred(message, reference.strip(), name, question, json));
        }
        byte[] content = decoded(data == null ? "" : data, "image.data", json);
        requireSize(message.name(), content.length);
        return List.of(request(message, message.name(), name, message.name(), () -> content, question));
    }

    private static List<NotifiedObject> objects(NotificationFormat format, JsonNode node, JsonRequest json) {
        try {
            return format.objects(node);
        } catch (IllegalArgumentException e) {
            throw json.refused(String.valueOf(e.getMessage()));
        }
    }

    private List<ImageRequest> notified(IncomingMessage message, List<NotifiedObject> objects, JsonRequest json) {
        Question question = new QuestionReader(message, json).read(null);
        List<ImageRequest> requests = new ArrayList<>();
        for (NotifiedObject object : objects) {
            // Where the key as it stands would be tried next, nothing of ours may lie there either.
            if (isOwnOutput(object.reference())
                    || (!NotifiedContent.climbs(object) && isOwnOutput(object.asItStands()))) {
                leftOut.increment();
                LOGGER.atDebug()
                        .addKeyValue("imageKey", object.reference())
                        .log("notification of no image is left out");
                continue;
            }
            String name = objects.size() == 1 ? message.name() : message.name() + "/" + (requests.size() + 1);
            ReferenceReader reader = reader(object.reference(), json);
            ImageContent content = NotifiedContent.of(object, reader, maxImageBytes);
            requests.add(request(message, name, null, object.reference(), content, question));
        }
        return requests;
    }

    /** A store tells of all that is written to it, our own results and dead letters too. */
    private boolean isOwnOutput(String object) {
        ReferenceReader reader = references.get(scheme(object));
        return WrittenNames.isWritten(object) || (reader != null && reader.isOwnOutput(object));
    }

    private ImageRequest referred(
            IncomingMessage message,
            String reference,
            @Nullable String imageName,
            Question question,
            JsonRequest json) {
        ReferenceReader reader = reader(reference, json);
        // Schemes are the same in capitals (RFC 3986, section 3.1); what follows is not.
        String scheme = scheme(reference);
        String known = scheme + reference.substring(scheme.length());
        return request(
                message,
                message.name(),
                imageName,
                reader.name(known),
                () -> reader.read(known, maxImageBytes),
                question);
    }

    private ReferenceReader reader(String reference, JsonRequest json) {
        if (Base64Image.isDataUri(reference)) {
            throw json.refused("image.reference is a data URI, which is no reference; put it into image.data");
        }
        ReferenceReader reader = references.get(scheme(reference));
        if (reader == null) {
            int colon = reference.indexOf(':');
            throw json.refused("it refers to \""
                    + ShownText.of(colon < 0 ? reference : reference.substring(0, colon + 1))
                    + "\", and " + allowing + " allows "
                    + (references.isEmpty() ? "nothing" : "only " + new TreeSet<>(references.keySet())) + " now");
        }
        return reader;
    }

    private static String scheme(String reference) {
        int colon = reference.indexOf(':');
        return colon < 0 ? "" : reference.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    /**
     * @param given the image's name in the body, which goes before the header's, or null
     * @param usual the image's name where nobody names it
     */
    private static ImageRequest request(
            IncomingMessage message,
            String name,
            @Nullable String given,
            String usual,
            ImageContent content,
            Question question) {
        String header = message.header(MessageHeaders.IMAGE_NAME);
        String called = given != null ? given : header != null ? header : usual;
        String bounded = called.length() <= LONGEST_NAME ? called : called.substring(0, LONGEST_NAME);
        return new ImageRequest(name, bounded, message.key(), content, question, message.headers());
    }

    private static byte[] decoded(String data, String where, JsonRequest json) {
        try {
            return Base64Image.decode(data);
        } catch (IllegalArgumentException e) {
            throw json.refused(where + " " + e.getMessage());
        }
    }

    private void requireSize(String name, long bytes) {
        if (bytes > maxImageBytes) {
            throw InvalidImageException.tooLarge(name, bytes, maxImageBytes);
        }
    }
}
