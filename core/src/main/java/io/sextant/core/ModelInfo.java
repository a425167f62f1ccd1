package io.sextant.core;

import java.util.Objects;

/**
 * What is loaded, and how. Made with a {@link #builder}, so that further fields break nobody; the canonical constructor may change.
 *
 * @param name the model's name, for instance that of its folder
 * @param fingerprint identifies the weights: 64 lower-case hex digits, equal for equal files
 * @param imageSize side of the square the encoder sees, in pixels
 * @param visualTokens positions one image takes in the context
 * @param contextLength positions the decoder has, prompt and answer together
 * @param device where it computes, {@code cpu} or {@code cuda:0}; one for each replica, as {@code cuda:0,cuda:1}
 * @param precision what it computes in, for instance {@code float32}; {@code int8+bfloat16} where the decoder's weights are of
 *     another kind than the rest
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

    /**
     * A description in the making.
     *
     * @param name the model's name
     * @param fingerprint identifies the weights: 64 lower-case hex digits
     */
    public static Builder builder(String name, String fingerprint) {
        return new Builder(name, fingerprint);
    }

    /** Collects what is known of a model. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String fingerprint;
        private int imageSize;
        private int visualTokens;
        private int contextLength;
        private String device = "cpu";
        private String precision = "float32";

        private Builder(String name, String fingerprint) {
            this.name = name;
            this.fingerprint = fingerprint;
        }

        /** Side of the square the encoder sees, in pixels; 0 unless said. */
        public Builder imageSize(int value) {
            imageSize = value;
            return this;
        }

        /** Positions one image takes in the context; 0 unless said. */
        public Builder visualTokens(int value) {
            visualTokens = value;
            return this;
        }

        /** Positions the decoder has, prompt and answer together; 0 unless said. */
        public Builder contextLength(int value) {
            contextLength = value;
            return this;
        }

        /** Where it computes; {@code cpu} unless said. */
        public Builder device(String value) {
            device = value;
            return this;
        }

        /** What it computes in; {@code float32} unless said. */
        public Builder precision(String value) {
            precision = value;
            return this;
        }

        /** The description. */
        public ModelInfo build() {
            return new ModelInfo(name, fingerprint, imageSize, visualTokens, contextLength, device, precision);
        }
    }
}
