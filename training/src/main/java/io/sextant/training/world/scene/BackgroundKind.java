package io.sextant.training.world.scene;

/** What a background looks like. */
public enum BackgroundKind {
    PLAIN,
    GRADED,
    TEXTURED,
    PATTERNED,
    /** Looks like a photograph, has many colours, and is never asked about. */
    PHOTO_LIKE
}
