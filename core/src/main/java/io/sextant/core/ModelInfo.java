package io.sextant.core;

import java.util.Objects;

/**
 * What is loaded, and how.
 *
 * @param name the model's name, for instance that of its folder
 * @param fingerprint identifies the weights: 64 lower-case hex digits, equal for equal files
 * @param imageSize side of the square the encoder sees, in pixels
 * @param visualTokens positions one image takes in the context
 * @param contextLength positions the decoder has, prompt and answer together
 * @param device where it computes, {@code cpu} or {@code cuda:0}
 * @param precision what it computes in, for instance {@code float32}
 */
public record ModelInfo(
        String name,
        String fingerprint,
        int imageSize,
        int visualTokens,
        int contextLength,
        String device,
        String precision) {
    public ModelInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(fingerprint, "fingerprint");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(precision, "precision");
    }
}
