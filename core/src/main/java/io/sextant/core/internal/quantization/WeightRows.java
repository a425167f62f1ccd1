package io.sextant.core.internal.quantization;

import io.sextant.core.internal.weights.StoredTensor;
import java.util.Optional;

/**
 * A weight (O, I) that is read some rows at a time, with its adapter added. Several threads may read.
 *
 * @param stored where it lies
 * @param change what is added to it, in float32
 */
public record WeightRows(StoredTensor stored, Optional<LowRankChange> change) {
    /** O: how many rows. */
    public int outputs() {
        return Math.toIntExact(stored.shape()[0]);
    }

    /** I: numbers of a row. */
    public int inputs() {
        return Math.toIntExact(stored.shape()[1]);
    }

    /**
     * Reads neighbouring rows.
     *
     * @param first the first of them
     * @param count how many
     * @param target gets them one after another from its start
     */
    void read(int first, int count, float[] target) {
        stored.readRows(first, count, target);
        change.ifPresent(added -> added.addTo(first, count, target));
    }
}
