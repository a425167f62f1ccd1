package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ReferenceReader;
import io.sextant.core.error.InvalidImageException;
import java.util.List;
import java.util.Optional;

/** Reads images that messages refer to as {@code s3://bucket/key}, below allowed prefixes and nowhere else. */
final class S3References implements ReferenceReader {
    /*
     * The key is taken as it is written, without decoding. A part "." or ".." is refused: to S3 it is a name like any
     * other, but servers that keep objects as files would leave the prefix by it.
     */
    private static final String FORM = "s3://";

    private final List<Allowed> allowed;

    S3References(List<Allowed> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    @Override
    public byte[] read(String reference, long maxBytes) {
        if (!reference.startsWith(FORM)) {
            throw refused(reference, "is not written as s3://bucket/key");
        }
        String path = reference.substring(FORM.length());
        int slash = path.indexOf('/');
        if (slash < 1 || slash == path.length() - 1) {
            throw refused(reference, "names no object: it must be s3://bucket/key");
        }
        String key = path.substring(slash + 1);
        if (S3Place.isClimbing(key)) {
            throw refused(reference, "climbs with \".\" or \"..\"");
        }
        if (key.chars().anyMatch(Character::isISOControl)) {
            throw refused(reference.replaceAll("\\p{Cntrl}", "?"), "has control characters in its key");
        }
        S3Objects objects = objects(reference, path.substring(0, slash), key);
        Optional<S3Content> content = objects.read(key, maxBytes);
        return content.orElseThrow(() -> refused(reference, "is missing")).bytes();
    }

    private S3Objects objects(String reference, String bucket, String key) {
        for (Allowed one : allowed) {
            if (one.place().bucket().equals(bucket) && one.place().holds(key)) {
                return one.objects();
            }
        }
        throw refused(reference, "lies below none of the places the pipeline's key \"references\" allows");
    }

    private static InvalidImageException refused(String reference, String what) {
        return new InvalidImageException("Image \"" + reference + "\" " + what
                + "; mend the reference or the place, and send the message again.");
    }

    /**
     * A place that may be read.
     *
     * @param place a bucket or folder in it
     * @param objects its bucket
     */
    record Allowed(S3Place place, S3Objects objects) {}
}
