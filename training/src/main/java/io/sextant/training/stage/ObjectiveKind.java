package io.sextant.training.stage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a stage learns. */
public enum ObjectiveKind {
    /** The image encoder tells for every patch which object covers it and where that object's edges are. */
    PATCHES,
    /** The decoder answers about scenes that are told in words instead of pixels. */
    WORDS,
    /** The whole model answers about images. */
    ANSWERS;

    /** As stage files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ObjectiveKind named(String word, String where) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(where + ": \"" + word + "\" is no objective; use "
                        + Arrays.stream(values()).map(ObjectiveKind::word).collect(Collectors.joining(", "))));
    }
}
