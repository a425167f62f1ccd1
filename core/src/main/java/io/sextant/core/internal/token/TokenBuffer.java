package io.sextant.core.internal.token;

import java.util.Arrays;

/** A growing row of token ids. Not thread-safe. */
public final class TokenBuffer {
    private int[] ids = new int[32];
    private int size;

    /** Puts one id at the end. */
    public void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size++] = id;
    }

    /** Puts several ids at the end. */
    public void addAll(int[] more) {
        for (int id : more) {
            add(id);
        }
    }

    /** How many ids there are. */
    public int size() {
        return size;
    }

    /** The ids so far, in an array of their own. */
    public int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
