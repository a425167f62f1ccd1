package io.sextant.app.http;

import io.sextant.app.toolkit.Toolkit;
import io.sextant.connectors.message.ImageRequest;
import io.sextant.connectors.message.MessageHeader;
import io.sextant.connectors.payload.IncomingMessage;
import io.sextant.connectors.payload.PayloadReader;
import io.sextant.connectors.url.UrlReferences;
import io.sextant.connectors.url.UrlSettings;
import io.sextant.core.error.InvalidRequestException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Reads what callers send, in the same forms as messages have; references are those by address, to the hosts that are allowed. */
@Singleton
final class Bodies {
    /** How messages call an image that nobody named. */
    private static final String NAME = "request";

    private static final String REFERENCES = "the key sextant.http.references.allow";

    /** What a body may hold beside its image. */
    private static final long MOST_AROUND = 1 << 20;

    private final PayloadReader reader;
    private final long maxBytes;

    @Inject
    Bodies(Toolkit toolkit) {
        long image = toolkit.settings().imageLimits().maxBytes();
        UrlSettings urls = toolkit.settings().http().references();
        UrlReferences references = new UrlReferences(urls);
        reader = new PayloadReader(
                urls.allowed().isEmpty() ? Map.of() : Map.of("http", references, "https", references),
                REFERENCES,
                image);
        // Base64 takes four bytes for three, and a line end now and then.
        maxBytes = image + image / 2 + MOST_AROUND;
    }

    /** Largest body that is taken, in bytes. */
    long maxBytes() {
        return maxBytes;
    }

    /** @throws ProblemException if the body is larger than any that could be used */
    byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 16, maxBytes + 1));
        requireSize(bytes.length);
        return bytes;
    }

    /** @throws ProblemException if the body is larger than any that could be used */
    void requireSize(long bytes) {
        if (bytes > maxBytes) {
            throw new ProblemException(tooLarge());
        }
    }

    /** What is said of a body that is larger than any that could be used. */
    Problem tooLarge() {
        return new Problem(
                413,
                "too-large",
                "The body is too large",
                "The body has more than " + maxBytes
                        + " bytes, which no image within sextant.image.max-bytes takes; send a smaller one.");
    }

    /**
     * @param body the image itself, in Base64, or a JSON request
     * @param headers what is asked, where the body does not say
     */
    ImageRequest understand(byte[] body, List<MessageHeader> headers) {
        List<ImageRequest> requests = reader.read(new IncomingMessage(NAME, null, body, headers));
        if (requests.size() != 1) {
            throw new InvalidRequestException("The body brings " + requests.size() + " images; send one.");
        }
        return requests.get(0);
    }
}
