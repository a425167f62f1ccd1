package io.sextant.connectors.internal.s3;

import org.jspecify.annotations.Nullable;

/** Whether a source reaches its bucket, and if not why. Thread-safe. */
final class S3State {
    private volatile @Nullable String problem = "not asked yet";

    /** The reason it does not work, or null if it does. */
    @Nullable
    String problem() {
        return problem;
    }

    boolean isDown() {
        return problem != null;
    }

    /** @return whether it did not work before */
    boolean up() {
        boolean wasDown = problem != null;
        problem = null;
        return wasDown;
    }

    /** @return whether it did work before, or did not for another reason */
    boolean down(String reason) {
        boolean isNews = !reason.equals(problem);
        problem = reason;
        return isNews;
    }
}
