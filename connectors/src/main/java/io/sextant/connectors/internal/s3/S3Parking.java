package io.sextant.connectors.internal.s3;

import java.util.Optional;
import java.util.function.Consumer;

/** Moves objects away, within S3: copied, then deleted, so that a crash between the two loses nothing and repeats both. */
final class S3Parking {
    private static final int TAG_LETTERS = 12;

    private final S3Objects source;
    private final S3Place target;
    private final S3Objects objects;

    /**
     * @param source where objects come from
     * @param target where they go
     */
    S3Parking(S3Objects source, S3Place target) {
        this.source = source;
        this.target = target;
        this.objects = source.in(target.bucket());
    }

    /**
     * Moves an object, if it still is what was read. A key that is taken by another image gets part of the entity tag
     * added: nothing is overwritten, and the same image finds the same place again.
     *
     * @param name below the target
     * @param before gets the key before anything is moved
     * @return whether it was moved; else it has changed or gone
     */
    boolean park(S3Stamp stamp, String name, Consumer<String> before) {
        if (!isCurrent(stamp)) {
            return false;
        }
        String key = keyOf(stamp, name);
        before.accept(key);
        if (!source.copy(stamp.key(), stamp.tag(), target.bucket(), key)) {
            return false;
        }
        // What was written meanwhile stays; S3 leaves a moment between this look and the deletion.
        if (isCurrent(stamp)) {
            source.delete(stamp.key());
        }
        return true;
    }

    /** Writes a document beside what is parked. */
    void write(String key, byte[] json) {
        objects.put(key, "application/json", json);
    }

    /** Where an object of this name goes. */
    String keyOf(S3Stamp stamp, String name) {
        String key = S3Keys.parked(target, name);
        Optional<String> there = objects.tag(key);
        return there.isPresent() && !there.get().equals(stamp.tag()) ? numbered(key, stamp) : key;
    }

    private boolean isCurrent(S3Stamp stamp) {
        return source.tag(stamp.key()).filter(stamp::isOf).isPresent();
    }

    /** {@code trip/beach-0123456789ab.jpg}. */
    private static String numbered(String key, S3Stamp stamp) {
        String tag = stamp.tag().replaceAll("[^A-Za-z0-9]", "");
        String part = tag.length() <= TAG_LETTERS ? tag : tag.substring(0, TAG_LETTERS);
        int dot = key.lastIndexOf('.');
        int end = dot > key.lastIndexOf('/') + 1 ? dot : key.length();
        return key.substring(0, end) + "-" + part + key.substring(end);
    }
}
