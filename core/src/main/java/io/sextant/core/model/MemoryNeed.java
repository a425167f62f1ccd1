package io.sextant.core.model;

import com.sun.management.OperatingSystemMXBean;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.device.WeightKind;
import io.sextant.core.internal.language.DecoderWeights;
import io.sextant.core.internal.quantization.Rounding;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How much memory a model's weights need: the tensors it reads, counted. */
final class MemoryNeed {
    /** The share of the machine's memory weights may take; the rest is for caches, the heap and everybody else. */
    private static final double WEIGHT_SHARE = 0.6;

    /** Weights of this size in float32 take so long to read for each token that bfloat16 goes first where the processor has it. */
    private static final long LARGE_BYTES = 8L << 30;

    /** What AUTO tries, in this order. */
    private static final List<Precision> BEST_FIRST =
            List.of(Precision.FLOAT32, Precision.BFLOAT16, Precision.INT8, Precision.INT4);

    /** How int4 is packed makes no difference to its size. */
    private static final int USUAL_BLOCK = 64;

    private static final double GIBIBYTE = 1L << 30;

    private MemoryNeed() {}

    /**
     * Bytes of all weights in a precision; AUTO counts as float32, and what is computed beside whole numbers as bfloat16. The adapter is
     * left out: it is merged, or small beside the rest.
     */
    static long weightBytes(ModelDimensions dimensions, Precision precision) {
        int computed = computedBytes(precision);
        long others = Stream.of(ExpectedTensors.vision(dimensions.vision()), ExpectedTensors.projector(dimensions))
                .flatMap(shapes -> shapes.values().stream())
                .mapToLong(shape -> values(shape) * computed)
                .sum();
        return others
                + ExpectedTensors.decoder(dimensions.decoder()).entrySet().stream()
                        .mapToLong(entry -> decoderBytes(entry, precision.kind(), computed))
                        .sum();
    }

    /** Keys and values of one request that fills the whole context, in bytes. */
    static long contextBytes(ModelDimensions dimensions, Precision precision) {
        return 2L
                * computedBytes(precision)
                * dimensions.decoder().layers()
                * dimensions.decoder().keyValueWidth()
                * dimensions.decoder().contextLength();
    }

    /**
     * The precision itself, or for AUTO the first that fits; of large weights float32 is not taken where the processor has products of
     * bfloat16.
     *
     * @param copies of the weights that share the machine's memory, at least 1
     * @throws ResourceExhaustedException if this machine has less memory than the weights need
     */
    static Precision choose(Precision wanted, ModelDimensions dimensions, int copies) {
        return choose(wanted, dimensions, memory() / copies, ComputeType.ofProcessor());
    }

    static Precision choose(Precision wanted, ModelDimensions dimensions, long memory, ElementType processor) {
        if (wanted == Precision.AUTO) {
            boolean isFloat32Slow =
                    processor == ElementType.BFLOAT16 && weightBytes(dimensions, Precision.FLOAT32) > LARGE_BYTES;
            return BEST_FIRST.stream()
                    .filter(precision -> !(isFloat32Slow && precision == Precision.FLOAT32))
                    .filter(precision -> weightBytes(dimensions, precision) <= memory * WEIGHT_SHARE)
                    .findFirst()
                    .orElseGet(() -> require(Precision.INT4, dimensions, memory));
        }
        return require(wanted, dimensions, memory);
    }

    private static Precision require(Precision wanted, ModelDimensions dimensions, long memory) {
        if (weightBytes(dimensions, wanted) < memory) {
            return wanted;
        }
        String smaller = BEST_FIRST.stream()
                .filter(precision -> weightBytes(dimensions, precision) < memory)
                .findFirst()
                .map(precision -> "use sextant.model.precision=" + name(precision) + ", which needs "
                        + gibibytes(weightBytes(dimensions, precision)) + ", or a larger machine.")
                .orElse("no precision needs less than the " + gibibytes(weightBytes(dimensions, Precision.INT4))
                        + " of int4; use a larger machine.");
        throw new ResourceExhaustedException("The weights need " + gibibytes(weightBytes(dimensions, wanted)) + " in "
                + name(wanted) + ", and this machine or container has " + gibibytes(memory) + "; " + smaller);
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static int computedBytes(Precision precision) {
        return switch (precision) {
            case AUTO, FLOAT32 -> ElementType.FLOAT32.bytes();
            case BFLOAT16, FLOAT16, INT8, INT4 -> ElementType.BFLOAT16.bytes();
        };
    }

    private static long decoderBytes(Map.Entry<String, List<Long>> tensor, WeightKind kind, int computed) {
        WeightKind own = DecoderWeights.kindOf(tensor.getKey(), kind);
        List<Long> shape = tensor.getValue();
        if (own == WeightKind.AS_IS) {
            return values(shape) * computed;
        }
        return Rounding.of(own, ElementType.BFLOAT16, USUAL_BLOCK)
                .bytes(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1)));
    }

    private static long values(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    private static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
    }
}
