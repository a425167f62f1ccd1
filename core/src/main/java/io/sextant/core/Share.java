package io.sextant.core;

import java.util.Objects;

/**
 * Whose part of the model's time a request counts against. While several shares have requests waiting, each gets time in proportion to its
 * weight, however many requests the others send.
 *
 * @param name who it is, for example a pipeline's name
 * @param weight how large the part is beside others; more than 0, usually 1
 */
public record Share(String name, double weight) {
    /** Of requests that say nothing. */
    public static final Share NONE = new Share("", 1);

    public Share {
        Objects.requireNonNull(name, "name");
        if (!(weight > 0) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "The weight of share \"" + name + "\" must be more than 0, was " + weight);
        }
    }

    /** A share of weight 1. */
    public static Share of(String name) {
        return new Share(name, 1);
    }
}
