package io.sextant.core.internal.trial;

import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.weights.ElementType;
import java.util.List;

/** Computes products, through the door that a model's go through. Holds some 270 MB until it is closed. */
final class ProductProgram implements AutoCloseable {
    private static final String PROGRAM = "/io/sextant/core/internal/trial/trial.py";
    private static final int MOST_ROWS = 300;

    private final DeviceProgram program;

    ProductProgram() {
        program = DeviceProgram.load(List.of(PROGRAM), ComputeDevice.CPU, ElementType.FLOAT32);
        program.call("make_products", Product.OUTPUTS, Product.INPUTS, Product.PART_OUTPUTS, MOST_ROWS)
                .close();
    }

    /** @return nanoseconds it took */
    long time(Candidate candidate, Product product) {
        long start = System.nanoTime();
        program.callInThreads(candidate.threads(), "product", candidate.type().name(), product.part(), product.rows())
                .close();
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        program.close();
    }
}
