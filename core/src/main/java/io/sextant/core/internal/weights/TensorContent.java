package io.sextant.core.internal.weights;

import java.util.List;

/** A tensor's bytes, to be written to a weight file. */
public interface TensorContent extends RecordContent {
    /** Its key. */
    String name();

    /** What its elements are. */
    ElementType type();

    /** Sizes, outermost first; empty for a scalar. */
    List<Long> shape();
}
