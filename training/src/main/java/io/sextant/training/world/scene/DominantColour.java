package io.sextant.training.world.scene;

import java.util.Locale;

/** The colours a background can have. */
public enum DominantColour {
    WHITE,
    BLACK,
    GREY,
    RED,
    GREEN,
    BLUE,
    YELLOW,
    BROWN,
    PINK,
    PURPLE;

    /** The word for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
