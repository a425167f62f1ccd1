package io.sextant.connectors.internal;

import org.jspecify.annotations.Nullable;

/** Whether a source reaches what it reads from, and if not why. Thread-safe. */
public final class SourceState {
    private volatile @Nullable String problem;

    /** @param problem until the source was reached for the first time */
    public SourceState(String problem) {
        this.problem = problem;
    }

    /** The reason it does not work, or null if it does. */
    public @Nullable String problem() {
        return problem;
    }

    /** Whether it does not work. */
    public boolean isDown() {
        return problem != null;
    }

    /** @return whether it did not work before */
    public boolean up() {
        boolean wasDown = problem != null;
        problem = null;
        return wasDown;
    }

    /** @return whether it did work before, or did not for another reason */
    public boolean down(String reason) {
        boolean isNews = !reason.equals(problem);
        problem = reason;
        return isNews;
    }
}
