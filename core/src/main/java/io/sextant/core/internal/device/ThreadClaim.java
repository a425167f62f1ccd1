package io.sextant.core.internal.device;

/**
 * How many threads a process computes in. It is one number for all its models, and the first of them decides: libtorch's products divide
 * their work by it, so that another number would change the last digits of answers in the middle of a model's life.
 *
 * <p>Safe for concurrent use.
 */
final class ThreadClaim {
    private final int own;
    private volatile int count;
    private volatile boolean isClaimed;

    /** @param own what libtorch takes by itself, at least 1 */
    ThreadClaim(int own) {
        this.own = own;
        this.count = own;
    }

    /** What libtorch takes by itself, or was told to by {@code OMP_NUM_THREADS}. */
    int own() {
        return own;
    }

    /** What is computed in now. */
    int count() {
        return count;
    }

    /** Whether a model has decided. */
    boolean isClaimed() {
        return isClaimed;
    }

    /**
     * Decides, unless that is done.
     *
     * @param wanted at least 1
     * @return what is computed in from now on: {@code wanted}, or what was decided before
     */
    synchronized int claim(int wanted) {
        if (!isClaimed) {
            count = wanted;
            isClaimed = true;
        }
        return count;
    }
}
