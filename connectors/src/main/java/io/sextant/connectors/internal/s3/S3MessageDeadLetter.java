package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.internal.MessageNames;
import io.sextant.connectors.internal.ReasonJson;
import io.sextant.connectors.letter.DeadLetter;
import io.sextant.connectors.letter.DeadLetterSink;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Rejected messages as objects: {@code <name>.message} as it came, and {@code <name>.message.reason.json} with why, its key and its headers. */
final class S3MessageDeadLetter implements DeadLetterSink {
    private final S3Place place;
    private final S3Objects objects;

    S3MessageDeadLetter(S3Place place, S3Objects objects) {
        this.place = place;
        this.objects = objects;
    }

    /** S3 may be away now; it is asked when there is something to write. */
    @Override
    public void open() {}

    @Override
    public void take(DeadLetter letter) {
        String name = MessageNames.message(letter.name());
        byte[] body = Objects.requireNonNullElse(letter.body(), new byte[0]);
        String own = S3Keys.parked(place, name);
        String key = isAnothers(own, body) ? MessageNames.another(own, body) : own;
        objects.put(S3Keys.reason(key), "application/json", ReasonJson.of(name, letter));
        objects.put(key, "application/octet-stream", body);
    }

    /** The tag of an object is the MD5 of what it holds, as a rule; where it is not, the same message may lie there under two keys. */
    private boolean isAnothers(String key, byte[] body) {
        try {
            Optional<String> tag = objects.tag(key);
            return tag.isPresent() && !tag.get().equals(DigestUtils.md5Hex(body));
        } catch (ConnectorException e) {
            // Who may only write cannot look; what else is wrong is told by the writing.
            return false;
        }
    }
}
