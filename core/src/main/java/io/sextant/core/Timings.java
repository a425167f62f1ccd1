package io.sextant.core;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the parts of an answer took. None of it belongs to the identified content of a result.
 *
 * @param encode the images through encoder and projector; zero where they were cached
 * @param prefill the prompt through the decoder
 * @param decode the answer, token by token
 */
public record Timings(Duration encode, Duration prefill, Duration decode) {
    /** Nothing measured. */
    public static final Timings NONE = new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public Timings {
        Objects.requireNonNull(encode, "encode");
        Objects.requireNonNull(prefill, "prefill");
        Objects.requireNonNull(decode, "decode");
    }

    /** All parts together. */
    public Duration total() {
        return encode.plus(prefill).plus(decode);
    }
}
