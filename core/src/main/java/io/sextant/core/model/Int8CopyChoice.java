package io.sextant.core.model;

import io.sextant.core.dimension.ModelDimensions;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Whether a model has int8 copies of its int4 weights, and why.
 *
 * @param hasCopy whether
 * @param reason for the log
 */
record Int8CopyChoice(boolean hasCopy, String reason) {
    private static final double GIBIBYTE = 1L << 30;

    /**
     * @param replicas that share the memory, at least 1
     * @param available tells the memory that this process may still take, before any weight is loaded; empty where it is not known. Asked only
     *     where it decides
     */
    static Int8CopyChoice of(
            Int8Copy wanted,
            ModelDimensions dimensions,
            Precision precision,
            int replicas,
            Supplier<OptionalLong> available) {
        long copy = MemoryNeed.int8CopyBytes(dimensions, precision);
        if (copy == 0) {
            return new Int8CopyChoice(false, "only int4 weights have one");
        }
        if (wanted != Int8Copy.AUTO) {
            return new Int8CopyChoice(wanted == Int8Copy.ON, "set by sextant.model.int8-copy");
        }
        OptionalLong bytes = available.get();
        if (bytes.isEmpty()) {
            return new Int8CopyChoice(false, "the memory left is not known");
        }
        long needed = replicas * (MemoryNeed.weightBytes(dimensions, precision) + copy);
        double room = bytes.getAsLong() * MemoryBudget.WEIGHT_SHARE;
        return new Int8CopyChoice(
                needed <= room,
                String.format(
                        Locale.ROOT,
                        "weights and copy take %.1f GiB, and may take %.1f",
                        needed / GIBIBYTE,
                        room / GIBIBYTE));
    }
}
