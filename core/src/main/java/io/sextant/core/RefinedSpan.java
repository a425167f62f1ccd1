package io.sextant.core;

import io.sextant.core.box.RefinedBox;
import java.util.Objects;

/**
 * A box of an answer, with its edges where the model expected them rather than at the whole numbers it wrote.
 *
 * @param start index of the written box's first character in {@link GenerationResult#text()}
 * @param end index after its last character
 * @param box the box, its edges at most {@link RefinedBox#WINDOW} from those written
 */
public record RefinedSpan(int start, int end, RefinedBox box) {
    public RefinedSpan {
        Objects.requireNonNull(box, "box");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("A box spans 0 <= start <= end, was " + start + ".." + end);
        }
    }
}
