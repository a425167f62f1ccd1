package io.sextant.core.internal.schedule;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.vision.ImagePreprocessor;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The images that requests under way are about, so that one which several ask about is resized once. Thread-safe. */
final class ResizedImages {
    private static final int FIRST_SWEEP = 64;

    private final int side;
    private final Map<ImageKey, WeakReference<ResizedImage>> images = new HashMap<>();
    private int sweepAt = FIRST_SWEEP;

    /** @param side of the encoder's square in pixels */
    ResizedImages(int side) {
        this.side = side;
    }

    /** The image in the encoder's size; kept for as long as somebody holds it. */
    synchronized ResizedImage of(RgbImage image) {
        ImageKey key = ImageKey.of(image);
        WeakReference<ResizedImage> known = images.get(key);
        @Nullable ResizedImage resized = known == null ? null : known.get();
        if (resized == null) {
            resized = new ResizedImage(key, () -> ImagePreprocessor.resize(image, side));
            sweep();
            images.put(key, new WeakReference<>(resized));
        }
        return resized;
    }

    private void sweep() {
        if (images.size() >= sweepAt) {
            images.values().removeIf(each -> each.get() == null);
            sweepAt = Math.max(FIRST_SWEEP, 2 * images.size());
        }
    }
}
