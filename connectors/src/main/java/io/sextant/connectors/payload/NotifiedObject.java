package io.sextant.connectors.payload;

import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.message.ImageContent;
import io.sextant.core.error.InvalidImageException;
import java.util.regex.Pattern;

/**
 * An object that a notification tells of. Whether its key was URL-encoded cannot be seen, so what it means decoded is tried
 * first, and what it is as it stands before the message is called bad.
 *
 * @param reference to the object if its key was encoded
 * @param asItStands the reference if it was not; often the same
 */
record NotifiedObject(String reference, String asItStands) {
    private static final Pattern CLIMBING = Pattern.compile("/\\.\\.?(?:/|$)");

    /** Whether the decoded key has a part {@code .} or {@code ..}: then it is bad, whatever else the key may look like. */
    boolean climbs() {
        return CLIMBING.matcher(reference).find();
    }

    /** The object, read when it is asked for. */
    ImageContent content(ReferenceReader reader, long maxBytes) {
        return reference.equals(asItStands)
                ? () -> reader.read(reference, maxBytes)
                : new EitherContent(this, reader, maxBytes);
    }

    /** Used by one thread. */
    private static final class EitherContent implements ImageContent {
        private final NotifiedObject object;
        private final ReferenceReader reader;
        private final long maxBytes;
        private String found;

        EitherContent(NotifiedObject object, ReferenceReader reader, long maxBytes) {
            this.object = object;
            this.reader = reader;
            this.maxBytes = maxBytes;
            this.found = object.reference();
        }

        @Override
        public byte[] read() {
            try {
                found = object.reference();
                return reader.read(object.reference(), maxBytes);
            } catch (InvalidImageException decoded) {
                try {
                    byte[] bytes = reader.read(object.asItStands(), maxBytes);
                    found = object.asItStands();
                    return bytes;
                } catch (InvalidImageException raw) {
                    decoded.addSuppressed(raw);
                    throw decoded;
                }
            }
        }

        @Override
        public String nameOr(String usual) {
            return usual.equals(object.reference()) ? found : usual;
        }
    }
}
