package io.sextant.training.world.noun;

import java.util.Objects;

/**
 * A thing of the generated world.
 *
 * @param index its place in the list of nouns, from 0
 * @param name one or two words, lower case
 * @param one how one of it is called, with its article where it has one
 * @param plural how several are called
 * @param file of the render that shows it
 * @param kind what it is one of, such as {@code animal}; empty where nothing short fits
 * @param colour its one true colour; empty where it has several
 */
public record Noun(int index, String name, String one, String plural, String file, String kind, String colour) {
    public Noun {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(one, "one");
        Objects.requireNonNull(plural, "plural");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(colour, "colour");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, was " + index);
        }
    }

    /** Whether it can be asked what colour this is. */
    public boolean hasColour() {
        return !colour.isEmpty();
    }

    /** Whether it can be asked what kind of thing this is. */
    public boolean hasKind() {
        return !kind.isEmpty();
    }
}
