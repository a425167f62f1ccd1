package io.sextant.training.stage;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a stage learns. */
public enum ObjectiveKind {
    /** The image encoder tells for every patch which object covers it and where that object's edges are. */
    PATCHES(EnumSet.of(Part.ENCODER, Part.PATCH_HEAD)),
    /** The decoder answers about scenes that are told in words instead of pixels. */
    WORDS(EnumSet.of(Part.ADAPTER, Part.DECODER)),
    /** The whole model answers about images. */
    ANSWERS(EnumSet.complementOf(EnumSet.of(Part.PATCH_HEAD)));

    private final Set<Part> reached;

    ObjectiveKind(Set<Part> reached) {
        this.reached = Collections.unmodifiableSet(reached);
    }

    /** The parts that its gradients reach. */
    public Set<Part> reached() {
        return reached;
    }

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
