package io.sextant.connectors.payload;

import io.sextant.connectors.NotifiedObject;
import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.message.ImageContent;
import io.sextant.core.error.InvalidImageException;
import java.util.regex.Pattern;

/** An object that a notification tells of, read when it is asked for, either way its key may be meant. Used by one thread. */
final class NotifiedContent implements ImageContent {
    private static final Pattern CLIMBING = Pattern.compile("/\\.\\.?(?:/|$)");

    private final NotifiedObject object;
    private final ReferenceReader reader;
    private final long maxBytes;
    private String found;

    private NotifiedContent(NotifiedObject object, ReferenceReader reader, long maxBytes) {
        this.object = object;
        this.reader = reader;
        this.maxBytes = maxBytes;
        this.found = object.reference();
    }

    static ImageContent of(NotifiedObject object, ReferenceReader reader, long maxBytes) {
        return object.reference().equals(object.asItStands())
                ? () -> reader.read(object.reference(), maxBytes)
                : new NotifiedContent(object, reader, maxBytes);
    }

    /** Whether the decoded key has a part {@code .} or {@code ..}: then it is bad, whatever else the key may look like. */
    static boolean climbs(NotifiedObject object) {
        return CLIMBING.matcher(object.reference()).find();
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
