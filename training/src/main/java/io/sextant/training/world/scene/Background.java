package io.sextant.training.world.scene;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the objects.
 *
 * @param kind what it looks like
 * @param dominant its colour, or null for a photo-like one, which has none
 */
public record Background(BackgroundKind kind, @Nullable DominantColour dominant) {
    public Background {
        Objects.requireNonNull(kind, "kind");
        if ((dominant == null) != (kind == BackgroundKind.PHOTO_LIKE)) {
            throw new IllegalArgumentException("A " + kind + " background cannot have the colour " + dominant);
        }
    }

    /** Its colour, where it has one. */
    public Optional<DominantColour> colour() {
        return Optional.ofNullable(dominant);
    }
}
