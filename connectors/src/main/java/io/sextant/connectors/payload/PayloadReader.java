package io.sextant.connectors.payload;

import com.fasterxml.jackson.databind.JsonNode;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.internal.WrittenNames;
import io.sextant.connectors.message.ImageContent;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.Question;
import io.sextant.connectors.message.StepRequest;
import io.sextant.core.box.PixelBox;
import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Understands messages. The body decides: what begins with <code>{</code> is a JSON request or an S3 event notification, a
 * line of text that begins with a URI's scheme is a claim check, everything else is an image. Thread-safe.
 */
public final class PayloadReader {
    private static final Logger LOGGER = LoggerFactory.getLogger(PayloadReader.class);
    private static final Set<String> ENVELOPE_KEYS = Set.of("image", "steps", "turns", "prompt", "box");
    private static final Set<String> IMAGE_KEYS = Set.of("data", "reference", "name");
    private static final Pattern CLAIM_CHECK = Pattern.compile("[a-z][a-z0-9]{1,9}:\\P{Cntrl}+");
    private static final int LONGEST_CLAIM_CHECK = 4096;
    /** What a request may say besides its image, in bytes. */
    private static final long MOST_AROUND = 1 << 20;

    private static final int LONGEST_NAME = 1024;

    private final Map<String, ReferenceReader> references;
    private final long maxImageBytes;
    private final LongAdder leftOut;

    /**
     * @param references by URI scheme, what reads images that are referred to; other schemes are refused
     * @param maxImageBytes largest encoded image that is taken
     */
    public PayloadReader(Map<String, ReferenceReader> references, long maxImageBytes) {
        this(references, maxImageBytes, new LongAdder());
    }

    /** @param leftOut counts notified objects that were left out because Sextant wrote them, or nobody means them as images */
    public PayloadReader(Map<String, ReferenceReader> references, long maxImageBytes, LongAdder leftOut) {
        this.references = Map.copyOf(references);
        this.maxImageBytes = maxImageBytes;
        this.leftOut = leftOut;
    }

    /**
     * The images a message brings or refers to, and what is asked about each. They are fetched only when read.
     *
     * @return none for notifications that tell of no new object
     * @throws io.sextant.core.error.InvalidRequestException if it cannot be understood or refers to what is not allowed
     * @throws InvalidImageException if an image in it is too large
     */
    public List<ImageRequest> read(IncomingMessage message) {
        JsonRequest json = new JsonRequest(message.name());
        byte[] body = message.body();
        if (body.length == 0) {
            throw json.refused("it has no body");
        }
        if (isJson(body)) {
            return readJson(message, json);
        }
        Question question = question(message, null, json);
        if (isClaimCheck(body)) {
            String reference = new String(body, StandardCharsets.UTF_8).strip();
            return List.of(referred(message, message.name(), reference, null, question, json));
        }
        requireSize(message.name(), body.length);
        return List.of(request(message, message.name(), null, () -> body, question));
    }

    private List<ImageRequest> readJson(IncomingMessage message, JsonRequest json) {
        // Base64 takes four bytes for three; what goes beyond is no image that could be used.
        if (message.body().length / 4L * 3 > maxImageBytes + MOST_AROUND) {
            requireSize(message.name(), message.body().length / 4L * 3);
        }
        JsonNode node = json.parse(message.body(), "the body");
        if (S3Notification.isOne(node)) {
            return notified(message, S3Notification.references(node, json), json);
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
        Question question = question(message, node, json);
        if (reference != null) {
            return List.of(referred(message, message.name(), reference, name, question, json));
        }
        byte[] content = decoded(data == null ? "" : data, json);
        requireSize(message.name(), content.length);
        return List.of(request(message, message.name(), name, () -> content, question));
    }

    private List<ImageRequest> notified(IncomingMessage message, List<String> objects, JsonRequest json) {
        Question question = question(message, null, json);
        List<ImageRequest> requests = new ArrayList<>();
        for (String object : objects) {
            if (isOwnOutput(object)) {
                leftOut.increment();
                LOGGER.atDebug().addKeyValue("imageKey", object).log("notification of no image is left out");
                continue;
            }
            String name = objects.size() == 1 ? message.name() : message.name() + "/" + (requests.size() + 1);
            requests.add(referred(message, name, object, null, question, json));
        }
        return requests;
    }

    /** A store tells of all that is written to it, our own results and dead letters too. */
    private boolean isOwnOutput(String object) {
        ReferenceReader reader = references.get(S3Notification.SCHEME);
        return WrittenNames.isWritten(object) || (reader != null && reader.isOwnOutput(object));
    }

    private ImageRequest referred(
            IncomingMessage message,
            String name,
            String reference,
            @Nullable String imageName,
            Question question,
            JsonRequest json) {
        int colon = reference.indexOf(':');
        ReferenceReader reader = references.get(colon < 0 ? "" : reference.substring(0, colon));
        if (reader == null) {
            throw json.refused("it refers to \"" + (colon < 0 ? reference : reference.substring(0, colon + 1))
                    + "\", and the pipeline's key \"references\" allows only " + new TreeSet<>(references.keySet()));
        }
        return request(
                message,
                name,
                imageName == null ? reference : imageName,
                () -> reader.read(reference, maxImageBytes),
                question);
    }

    private static ImageRequest request(
            IncomingMessage message, String name, @Nullable String imageName, ImageContent content, Question question) {
        String header = message.header(PayloadHeaders.IMAGE_NAME);
        String called = header != null ? header : imageName != null ? imageName : name;
        String bounded = called.length() <= LONGEST_NAME ? called : called.substring(0, LONGEST_NAME);
        return new ImageRequest(name, bounded, message.key(), content, question);
    }

    private static Question question(IncomingMessage message, @Nullable JsonNode envelope, JsonRequest json) {
        QuestionJson questions = new QuestionJson(json);
        JsonNode steps = list(message, envelope, "steps", PayloadHeaders.STEPS, json);
        JsonNode turns = list(message, envelope, "turns", PayloadHeaders.TURNS, json);
        if (steps != null && turns != null) {
            throw json.refused("it has both steps and turns, which is a contradiction");
        }
        String headerPrompt = message.header(PayloadHeaders.PROMPT);
        String headerBox = message.header(PayloadHeaders.BOX);
        String prompt = envelope == null ? null : json.text(envelope, "prompt", "the request");
        PixelBox box = envelope == null ? null : questions.box(envelope.get("box"), "box");
        prompt = prompt == null ? headerPrompt : prompt;
        box = box == null && headerBox != null ? questions.box(headerBox, "header " + PayloadHeaders.BOX) : box;
        if (steps == null && turns == null) {
            return new Question(List.of(), false, prompt, box);
        }
        if (prompt != null || box != null) {
            throw json.refused("it has steps or turns, so prompt and box belong into them");
        }
        List<StepRequest> asked = turns == null ? questions.steps(steps, "steps") : questions.steps(turns, "turns");
        return new Question(asked, turns != null, null, null);
    }

    /** The envelope counts before the header. */
    private static @Nullable JsonNode list(
            IncomingMessage message, @Nullable JsonNode envelope, String key, String header, JsonRequest json) {
        JsonNode inBody = envelope == null ? null : envelope.get(key);
        if (inBody != null && !inBody.isNull()) {
            return inBody;
        }
        String text = message.header(header);
        return text == null ? null : json.parse(text.getBytes(StandardCharsets.UTF_8), "header " + header);
    }

    private static byte[] decoded(String data, JsonRequest json) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw json.refused("image.data is no Base64");
        }
    }

    private void requireSize(String name, long bytes) {
        if (bytes > maxImageBytes) {
            throw InvalidImageException.tooLarge(name, bytes, maxImageBytes);
        }
    }

    private static boolean isJson(byte[] body) {
        for (byte letter : body) {
            if (letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n') {
                return letter == '{';
            }
        }
        return false;
    }

    private static boolean isClaimCheck(byte[] body) {
        return body.length <= LONGEST_CLAIM_CHECK
                && CLAIM_CHECK
                        .matcher(new String(body, StandardCharsets.UTF_8).strip())
                        .matches();
    }
}
