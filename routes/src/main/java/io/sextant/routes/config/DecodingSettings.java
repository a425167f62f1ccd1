package io.sextant.routes.config;

import io.sextant.core.Decoding;
import java.util.Objects;

/**
 * How each kind of decoding is configured, whichever of them is chosen: who chooses another for one question leaves the rest as it is
 * configured.
 *
 * @param sampling a random choice
 * @param beams a beam search
 */
public record DecodingSettings(Decoding.Sampling sampling, Decoding.Beams beams) {
    /** As they are where nothing is configured. */
    public static final DecodingSettings DEFAULT =
            new DecodingSettings(Decoding.Sampling.demo(0), new Decoding.Beams(4, 1));

    public DecodingSettings {
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(beams, "beams");
    }
}
