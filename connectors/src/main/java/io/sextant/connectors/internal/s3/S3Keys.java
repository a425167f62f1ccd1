package io.sextant.connectors.internal.s3;

import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** How objects are called that Sextant writes, and how it knows them again. */
final class S3Keys {
    private static final Pattern WRITTEN = Pattern.compile(".+\\.[a-z0-9]+(?:-[a-z0-9]+)*\\.json", Pattern.DOTALL);

    /** What S3 allows for a key. */
    private static final int MAX_BYTES = 1024;

    /** Room for what tells two images of one name apart. */
    private static final int TAG_BYTES = 16;

    private S3Keys() {}

    /** {@code a.jpg.caption.json} for {@code a.jpg}: the extension stays, so that {@code a.jpg} and {@code a.png} do not meet. */
    static String json(S3Place place, String name, String step) {
        return key(place, name, "." + step + ".json");
    }

    /** {@code a.jpg.caption.png} for {@code a.jpg}. */
    static String drawing(S3Place place, String name, String step) {
        return key(place, name, "." + step + ".png");
    }

    /** {@code a.jpg.reason.json} for {@code a.jpg}. */
    static String reason(String key) {
        return key + ".reason.json";
    }

    /**
     * The key of a name below a place.
     *
     * @throws InvalidImageException if it is too long, or a way out of the place where objects are kept as files
     */
    static String key(S3Place place, String name, String ending) {
        String key = place.prefix() + name + ending;
        if (S3Place.isClimbing(name)) {
            throw new InvalidImageException("Image \"" + name
                    + "\" has a part \".\" or \"..\" in its name, and makes no key in " + place + "; rename it.");
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidImageException("Image \"" + name + "\" has too long a name: the key in " + place
                    + " would take " + bytes + " bytes, S3 allows " + MAX_BYTES + "; give it a shorter name.");
        }
        return key;
    }

    /**
     * Where an image is put aside: a name that makes no key is replaced by its digest, so that nothing ever stays for its
     * name alone.
     */
    static String parked(S3Place place, String name) {
        int bytes = reason(place.prefix() + name).getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_BYTES - TAG_BYTES && !S3Place.isClimbing(name)
                ? place.prefix() + name
                : place.prefix() + "unnamed/" + DigestUtils.sha256Hex(name);
    }

    /** Whether an object is one nobody means as an image: a folder's mark, a hidden name, a result or a reason. */
    static boolean isLeftAlone(String key) {
        String last = key.substring(key.lastIndexOf('/') + 1);
        return last.isEmpty() || last.startsWith(".") || WRITTEN.matcher(last).matches();
    }
}
