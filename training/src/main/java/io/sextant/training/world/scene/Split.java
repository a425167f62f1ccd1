package io.sextant.training.world.scene;

/** What scenes are used for. No two splits ever share a scene seed: the split's number is a part of the seed. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The largest seed of a data set; 2^21 data sets can be told apart. */
    public static final long LARGEST_SEED = (1L << 21) - 1;

    private static final int INDEX_BITS = 40;
    private static final int SEED_BITS = 21;

    /**
     * The seed of one scene: a different one for every split, data set and index.
     *
     * @param seed of the data set, 0..{@link #LARGEST_SEED}
     * @param index of the scene in it, 0..2^40 - 1
     */
    public long sceneSeed(long seed, long index) {
        if (seed < 0 || seed > LARGEST_SEED) {
            throw new IllegalArgumentException("The seed must be in 0.." + LARGEST_SEED + ", was " + seed);
        }
        if (index < 0 || index >>> INDEX_BITS != 0) {
            throw new IllegalArgumentException("The index must be in 0..2^" + INDEX_BITS + " - 1, was " + index);
        }
        return (long) ordinal() << (INDEX_BITS + SEED_BITS) | seed << INDEX_BITS | index;
    }
}
