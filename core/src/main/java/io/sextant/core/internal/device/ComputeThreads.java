package io.sextant.core.internal.device;

/** How many of the processor's threads products are computed in: one number for the whole process, which its first model decides. */
public final class ComputeThreads {
    private ComputeThreads() {}

    /** What libtorch takes by itself: a thread for each of the processors it may use, or what {@code OMP_NUM_THREADS} says. */
    public static int ofLibrary() {
        return Torch.threads().own();
    }

    /** libtorch's version, for instance {@code 2.7.1}. */
    public static String libraryVersion() {
        return Torch.version();
    }

    /** Whether a model of this process has decided already. */
    public static boolean areDecided() {
        return Torch.threads().isClaimed();
    }

    /**
     * Decides for the process, unless that is done.
     *
     * @param wanted at least 1
     * @return what is computed in from now on: {@code wanted}, or what was decided before
     */
    public static int decide(int wanted) {
        return Torch.threads().claim(wanted);
    }
}
