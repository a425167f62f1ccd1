package io.sextant.training.device;

/** Images of a batch for the image encoder. N = images, H = W = the encoder's side. */
public sealed interface Images {
    /** A batch without one. */
    Images NONE = new Values(new float[0]);

    /** @param values (N, 3, H, W), normalised as {@link io.sextant.core.internal.vision.ImagePreprocessor} does */
    static Images ofValues(float[] values) {
        return new Values(values);
    }

    /** @param samples (N, H, W, 3), unsigned; the device normalises them, so that a quarter of the bytes travels to it */
    static Images ofSamples(byte[] samples) {
        return new Samples(samples);
    }

    boolean isEmpty();

    /** As the program takes them; the caller closes them. */
    BatchTensor on(TrainingProgram program, int side);

    /** Normalised numbers. */
    @SuppressWarnings("ArrayRecordComponent") // goes straight into a tensor
    record Values(float[] values) implements Images {
        @Override
        public boolean isEmpty() {
            return values.length == 0;
        }

        @Override
        public BatchTensor on(TrainingProgram program, int side) {
            return program.tensor(values, values.length / (3 * side * side), 3, side, side);
        }
    }

    /** Bytes as images are drawn. */
    @SuppressWarnings("ArrayRecordComponent") // goes straight into a tensor
    record Samples(byte[] samples) implements Images {
        @Override
        public boolean isEmpty() {
            return samples.length == 0;
        }

        @Override
        public BatchTensor on(TrainingProgram program, int side) {
            return program.tensor(samples, samples.length / (3 * side * side), side, side, 3);
        }
    }
}
