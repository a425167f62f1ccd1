package io.sextant.connectors.internal.s3;

import io.sextant.connectors.internal.WrittenNames;
import io.sextant.core.error.InvalidImageException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How objects are called that Sextant writes: as everywhere, and no longer than S3 allows. */
final class S3Keys {
    /** What S3 allows for a key. */
    static final int MAX_BYTES = 1024;

    /** Room for what tells two images of one name apart. */
    private static final int TAG_BYTES = 16;

    private static final Pattern ENDING = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

    private S3Keys() {}

    /** {@code a.jpg.caption.json} for {@code a.jpg}: the extension stays, so that {@code a.jpg} and {@code a.png} do not meet. */
    static String json(S3Place place, String name, String step) {
        return key(place, name, WrittenNames.json(name, step));
    }

    /** {@code a.jpg.caption.png} for {@code a.jpg}. */
    static String drawing(S3Place place, String name, String step) {
        return key(place, name, WrittenNames.drawing(name, step));
    }

    /** {@code a.jpg.reason.json} for {@code a.jpg}. */
    static String reason(String key) {
        return WrittenNames.reason(key);
    }

    /**
     * The key of what is written about an image.
     *
     * @param image the image's name, for messages
     * @param name what is written is called so, below the place
     * @throws InvalidImageException if it is too long, or a way out of the place where objects are kept as files
     */
    private static String key(S3Place place, String image, String name) {
        String key = place.prefix() + name;
        if (S3Place.isClimbing(image)) {
            throw new InvalidImageException("Image \"" + image
                    + "\" has a part \".\" or \"..\" in its name, and makes no key in " + place + "; rename it.");
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new InvalidImageException("Image \"" + image + "\" has too long a name: the key in " + place
                    + " would take " + bytes + " bytes, S3 allows " + MAX_BYTES + "; give it a shorter name.");
        }
        return key;
    }

    /**
     * Where an image is put aside: a name that makes no key is replaced by its digest, so that nothing ever stays for its
     * name alone. Its ending stays, by which messages are known.
     */
    static String parked(S3Place place, String name) {
        int bytes = reason(place.prefix() + name).getBytes(StandardCharsets.UTF_8).length;
        return bytes <= MAX_BYTES - TAG_BYTES && !S3Place.isClimbing(name)
                ? place.prefix() + name
                : place.prefix() + WrittenNames.unnamed(name, ending(name));
    }

    /** A short ending such as {@code .jpg} or {@code .message}, else nothing. */
    private static String ending(String name) {
        Matcher matcher = ENDING.matcher(name);
        return matcher.find() ? matcher.group() : "";
    }
}
