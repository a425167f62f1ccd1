package io.sextant.training.stage;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a model that a stage trains or leaves alone. */
public enum Part {
    /** The image encoder; frozen in all stages of the paper, trained only while it is pre-trained. */
    ENCODER,
    /** The linear layer that pre-training puts on the encoder; no part of the model. */
    PATCH_HEAD,
    /** From the encoder's features to the decoder's width. */
    PROJECTION,
    /** The LoRA adapter. */
    ADAPTER,
    /** The language model itself; frozen in all stages of the paper. */
    DECODER;

    /** As stage files write it, for instance {@code patch-head}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a text without an image reaches it. */
    public boolean isOfLanguage() {
        return this == ADAPTER || this == DECODER;
    }

    /** Words of several, in their order. */
    static String words(Collection<Part> parts) {
        return parts.stream().sorted().map(Part::word).collect(Collectors.joining(", "));
    }

    static Part named(String word, String where) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        where + ": \"" + word + "\" is no part of a model; use " + words(Arrays.asList(values()))));
    }
}
