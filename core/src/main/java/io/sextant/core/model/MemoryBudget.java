package io.sextant.core.model;

import com.sun.management.OperatingSystemMXBean;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.weights.ElementType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Memory that the weights of one model may take in one place, and what AUTO chooses there.
 *
 * @param place for messages, with {@code %s} for an amount, for instance {@code this machine or container has %s}
 * @param bytes that it has for each copy of the weights
 * @param remedy for messages, what to do where no precision fits
 * @param bestFirst what AUTO tries, in this order
 * @param isFloat32Slow whether AUTO leaves float32 out where the weights are large, because there are faster products
 */
record MemoryBudget(String place, long bytes, String remedy, List<Precision> bestFirst, boolean isFloat32Slow) {
    /** The share of the memory weights may take; the rest is for caches, the heap and everybody else. */
    static final double WEIGHT_SHARE = 0.6;

    /** Weights of this size in float32 take so long to read for each token that 16 bits go first where there are products of them. */
    private static final long LARGE_BYTES = 8L << 30;

    private static final double GIBIBYTE = 1L << 30;

    MemoryBudget {
        bestFirst = List.copyOf(bestFirst);
    }

    /**
     * The precision itself, or for AUTO one that all devices of a model have memory for.
     *
     * @param devices of the replicas, at least one
     * @param processor what the processor computes in where a precision leaves it open
     * @throws ResourceExhaustedException if one of them has less memory than the weights need
     */
    static Precision choose(
            Precision wanted, ModelDimensions dimensions, List<ComputeDevice> devices, ElementType processor) {
        return choose(wanted, dimensions, devices, processor, ComputeDevice::freeBytes);
    }

    /** @param freeBytes what a graphics processor has free; empty where that is not known, which forbids nothing */
    static Precision choose(
            Precision wanted,
            ModelDimensions dimensions,
            List<ComputeDevice> devices,
            ElementType processor,
            Function<ComputeDevice, OptionalLong> freeBytes) {
        List<MemoryBudget> budgets = new ArrayList<>();
        for (ComputeDevice device : new LinkedHashSet<>(devices)) {
            int copies = Collections.frequency(devices, device);
            budgets.add(
                    device.equals(ComputeDevice.CPU)
                            ? ofHost(memory() / copies, processor)
                            : ofDevice(device, freeBytes.apply(device).orElse(Long.MAX_VALUE) / copies));
        }
        Precision chosen = wanted;
        if (wanted == Precision.AUTO) {
            MemoryBudget tightest = Collections.min(budgets, (a, b) -> Long.compare(a.bytes, b.bytes));
            chosen = tightest.choose(wanted, dimensions);
        }
        for (MemoryBudget budget : budgets) {
            budget.require(chosen, dimensions);
        }
        return chosen;
    }

    /** @param processor what is computed in where a precision leaves it open */
    static MemoryBudget ofHost(long bytes, ElementType processor) {
        return new MemoryBudget(
                "this machine or container has %s",
                bytes,
                "a larger machine",
                List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.INT8, Precision.INT4),
                processor == ElementType.BFLOAT16);
    }

    /** The reference computes in float16 on graphics processors, which are fast in it. */
    static MemoryBudget ofDevice(ComputeDevice device, long bytes) {
        return new MemoryBudget(
                device.name() + " has %s free",
                bytes,
                "a larger device, or sextant.model.device=cpu",
                List.of(Precision.FLOAT32, Precision.FLOAT16),
                true);
    }

    /**
     * The precision itself, or for AUTO the first that fits; of large weights float32 is not taken where it is slow.
     *
     * @throws ResourceExhaustedException if there is less memory than the weights need
     */
    Precision choose(Precision wanted, ModelDimensions dimensions) {
        if (wanted != Precision.AUTO) {
            return require(wanted, dimensions);
        }
        boolean leavesOutFloat32 = isFloat32Slow && MemoryNeed.weightBytes(dimensions, Precision.FLOAT32) > LARGE_BYTES;
        return bestFirst.stream()
                .filter(precision -> !(leavesOutFloat32 && precision == Precision.FLOAT32))
                .filter(precision -> MemoryNeed.weightBytes(dimensions, precision) <= bytes * WEIGHT_SHARE)
                .findFirst()
                .orElseGet(() -> require(smallest(), dimensions));
    }

    /** Why AUTO took it, in words for the log. */
    static String reason(Precision chosen, ModelDimensions dimensions) {
        if (chosen == Precision.FLOAT32) {
            return "its weights fit the memory, and it agrees best with the reference";
        }
        if (chosen.kind() == WeightKind.AS_IS && MemoryNeed.weightBytes(dimensions, Precision.FLOAT32) > LARGE_BYTES) {
            return "float32 would read more than 8 GiB for each token, or does not fit the memory";
        }
        return "what is more exact does not fit the memory with room for the rest";
    }

    private Precision smallest() {
        return bestFirst.get(bestFirst.size() - 1);
    }

    private Precision require(Precision wanted, ModelDimensions dimensions) {
        if (MemoryNeed.weightBytes(dimensions, wanted) < bytes) {
            return wanted;
        }
        String smaller = bestFirst.stream()
                .filter(precision -> MemoryNeed.weightBytes(dimensions, precision) < bytes)
                .findFirst()
                .map(precision -> "use sextant.model.precision=" + name(precision) + ", which needs "
                        + gibibytes(MemoryNeed.weightBytes(dimensions, precision)) + ", or " + remedy
                        + ".")
                .orElseGet(() -> "no precision needs less than the "
                        + gibibytes(MemoryNeed.weightBytes(dimensions, smallest())) + " of " + name(smallest())
                        + "; use "
                        + remedy + ".");
        throw new ResourceExhaustedException(
                "The weights need " + gibibytes(MemoryNeed.weightBytes(dimensions, wanted)) + " in " + name(wanted)
                        + ", and " + String.format(Locale.ROOT, place, gibibytes(bytes)) + "; " + smaller);
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
    }
}
