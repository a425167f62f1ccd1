package io.sextant.core.model;

import com.sun.management.OperatingSystemMXBean;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/** How much memory a model's weights need: the tensors it reads, counted. */
final class MemoryNeed {
    /** The share of the machine's memory weights may take; the rest is for caches, the heap and everybody else. */
    private static final double WEIGHT_SHARE = 0.6;

    private MemoryNeed() {}

    /** Bytes of all weights in a precision; AUTO counts as float32. */
    static long weightBytes(ModelDimensions dimensions, Precision precision) {
        long bytes = precision == Precision.BFLOAT16 ? 2 : 4;
        return bytes * values(dimensions);
    }

    /** Whether this machine has room for the weights. */
    static boolean fits(ModelDimensions dimensions, Precision precision) {
        long total =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return weightBytes(dimensions, precision) <= total * WEIGHT_SHARE;
    }

    /** Weights of all tensors that are read. The adapter is left out: it is merged, or small beside the rest. */
    private static long values(ModelDimensions dimensions) {
        return Stream.of(
                        ExpectedTensors.vision(dimensions.vision()),
                        ExpectedTensors.decoder(dimensions.decoder()),
                        ExpectedTensors.projector(dimensions))
                .flatMap(shapes -> shapes.values().stream())
                .mapToLong(MemoryNeed::values)
                .sum();
    }

    private static long values(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
