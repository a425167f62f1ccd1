package io.sextant.connectors.internal.s3;

import io.sextant.connectors.ReferenceReader;
import io.sextant.connectors.internal.WrittenNames;
import io.sextant.core.error.InvalidImageException;
import io.sextant.core.error.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads images that messages refer to as {@code s3://bucket/key}, below allowed prefixes and nowhere else. */
final class S3References implements ReferenceReader {
    /*
     * The key is taken as it is written, without decoding. A part "." or ".." is refused: to S3 it is a name like any
     * other, but servers that keep objects as files would leave the prefix by it.
     */
    static final String FORM = "s3://";

    private final List<Allowed> allowed;
    private final S3Claims claims;

    /** @param claims tells what pipelines write */
    S3References(List<Allowed> allowed, S3Claims claims) {
        this.allowed = List.copyOf(allowed);
        this.claims = claims;
    }

    @Override
    public String example() {
        return FORM + "bucket/a.jpg";
    }

    /** Also outside the allowed places: to refuse what a pipeline wrote there would only write more of it. */
    @Override
    public boolean isOwnOutput(String reference) {
        String path = reference.startsWith(FORM) ? reference.substring(FORM.length()) : "";
        int slash = path.indexOf('/');
        if (slash < 1) {
            return false;
        }
        String bucket = path.substring(0, slash);
        String key = path.substring(slash + 1);
        if (WrittenNames.isWritten(key) || isClaimed(bucket, key)) {
            return true;
        }
        Allowed place = place(bucket, key);
        return place != null
                && (WrittenNames.isHidden(key.substring(place.place().folder().length()))
                        || place.objects().isDrawing(key));
    }

    private boolean isClaimed(String bucket, String key) {
        if (!S3Place.isBucket(bucket)) {
            return false;
        }
        List<S3Place> places = allowed.stream().map(Allowed::place).toList();
        S3Place object = new S3Place(bucket, key);
        return allowed.stream()
                .map(Allowed::server)
                .distinct()
                .anyMatch(server -> claims.isOutput(server, places, object));
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
            throw refused(ShownText.of(reference, reference.length()), "has control characters in its key");
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > S3Keys.MAX_BYTES) {
            throw refused(reference, "has a key of more than the " + S3Keys.MAX_BYTES + " bytes that S3 allows");
        }
        S3Objects objects = objects(reference, path.substring(0, slash), key);
        Optional<S3Content> content = objects.read(key, maxBytes);
        return content.orElseThrow(() -> refused(reference, "is missing")).bytes();
    }

    private S3Objects objects(String reference, String bucket, String key) {
        Allowed place = place(bucket, key);
        if (place == null) {
            throw refused(reference, "lies below none of the places the pipeline's key \"references\" allows");
        }
        return place.objects();
    }

    private @Nullable Allowed place(String bucket, String key) {
        return allowed.stream()
                .filter(one ->
                        one.place().bucket().equals(bucket) && one.place().holds(key))
                .findFirst()
                .orElse(null);
    }

    private static InvalidImageException refused(String reference, String what) {
        return new InvalidImageException("Image \"" + reference + "\" " + what
                + "; mend the reference or the place, and send the message again.");
    }

    /**
     * A place that may be read.
     *
     * @param place a bucket or folder in it
     * @param server which S3 the bucket is of
     * @param objects its bucket
     */
    record Allowed(S3Place place, String server, S3Objects objects) {}
}
