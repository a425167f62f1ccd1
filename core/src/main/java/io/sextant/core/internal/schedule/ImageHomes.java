package io.sextant.core.internal.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which replica an image stays with. Not thread-safe. */
final class ImageHomes {
    /** More than any replica keeps; the image asked about longest ago goes first. */
    private static final int REMEMBERED = 10_000;

    private final Map<ImageKey, Integer> homes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageKey, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** The number of the replica that was first asked about the first image; empty if none was, or there is no image. */
    Optional<Integer> of(Submission submission) {
        return submission.resized().stream().findFirst().map(image -> homes.get(image.key()));
    }

    /** From now on the request's first image stays with this replica. */
    void settle(Submission submission, int replica) {
        submission.resized().stream().findFirst().ifPresent(image -> homes.put(image.key(), replica));
    }
}
