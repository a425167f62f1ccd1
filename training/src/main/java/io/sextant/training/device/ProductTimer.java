package io.sextant.training.device;

import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import java.util.Arrays;

/** Times products as training has them on this machine. */
public final class ProductTimer {
    private static final int ROWS = 4096;
    private static final int INPUTS = 256;
    private static final int OUTPUTS = 768;
    private static final int TIMES = 4;
    private static final int ROUNDS = 6;

    private ProductTimer() {}

    /** Milliseconds of the fastest of a few rounds; the others were disturbed. */
    public static double best(ElementType precision, ComputeDevice device) {
        float[] ones = new float[ROWS * INPUTS];
        Arrays.fill(ones, 1);
        try (TrainingProgram program = TrainingProgram.load(device, precision);
                BatchTensor x = program.tensor(ones, ROWS, INPUTS);
                BatchTensor weight = program.tensor(Arrays.copyOf(ones, OUTPUTS * INPUTS), OUTPUTS, INPUTS)) {
            double best = Double.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                try (DeviceTensor sum = program.call("product", x, weight, precision.torchCode(), TIMES)) {
                    // Read, since a GPU hands tensors out before it has computed them.
                    program.floats(sum);
                }
                best = Math.min(best, (System.nanoTime() - start) / 1e6);
            }
            return best / TIMES;
        }
    }
}
