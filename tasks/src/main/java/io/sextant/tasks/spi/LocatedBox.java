package io.sextant.tasks.spi;

import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import java.util.Objects;

/**
 * A box the model wrote, in both spaces.
 *
 * @param bins as written, 0..100
 * @param pixels of the upright image: where the bins are, or finer where the model was asked for that
 * @param confidence how sure the model was of these four numbers, 0..1
 * @since 0.1
 */
public record LocatedBox(BinBox bins, PixelBox pixels, double confidence) {
    public LocatedBox {
        Objects.requireNonNull(bins, "bins");
        Objects.requireNonNull(pixels, "pixels");
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in 0..1, was " + confidence);
        }
    }
}
