package io.sextant.core.model;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.internal.language.DecoderWeights;
import io.sextant.core.internal.quantization.Int4Rounding;
import io.sextant.core.internal.quantization.Rounding;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** How much memory a model's weights need: the tensors it reads, counted. */
final class MemoryNeed {
    /** How int4 is packed makes no difference to its size. */
    private static final int USUAL_BLOCK = 64;

    private MemoryNeed() {}

    /**
     * Bytes of all weights in a precision; AUTO counts as float32, and what is computed beside whole numbers as bfloat16. The adapter is
     * left out: it is merged, or small beside the rest.
     */
    static long weightBytes(ModelDimensions dimensions, Precision precision) {
        int computed = computedBytes(precision);
        WeightKind kind = precision.kind();
        return bytes(
                        ExpectedTensors.vision(dimensions.vision()),
                        (key, numbers) -> ImageEncoder.kindOf(key, numbers, kind),
                        computed)
                + bytes(ExpectedTensors.projector(dimensions), (key, numbers) -> WeightKind.AS_IS, computed)
                + bytes(
                        ExpectedTensors.decoder(dimensions.decoder()),
                        (key, numbers) -> DecoderWeights.kindOf(key, kind),
                        computed);
    }

    /** Bytes of int8 copies of all weights that a precision keeps at 4 bits; 0 for other precisions. */
    static long int8CopyBytes(ModelDimensions dimensions, Precision precision) {
        return ExpectedTensors.decoder(dimensions.decoder()).entrySet().stream()
                .filter(entry -> DecoderWeights.kindOf(entry.getKey(), precision.kind()) == WeightKind.INT4)
                .map(Map.Entry::getValue)
                .mapToLong(shape ->
                        Int4Rounding.int8CopyBytes(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1))))
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

    private static int computedBytes(Precision precision) {
        return switch (precision) {
            case AUTO, FLOAT32 -> ElementType.FLOAT32.bytes();
            case BFLOAT16, FLOAT16, INT8, INT4 -> ElementType.BFLOAT16.bytes();
        };
    }

    private static long bytes(
            Map<String, List<Long>> shapes, BiFunction<String, Long, WeightKind> kindOf, int computed) {
        return shapes.entrySet().stream()
                .mapToLong(entry ->
                        bytes(entry.getValue(), kindOf.apply(entry.getKey(), values(entry.getValue())), computed))
                .sum();
    }

    private static long bytes(List<Long> shape, WeightKind own, int computed) {
        if (own == WeightKind.AS_IS) {
            return values(shape) * computed;
        }
        return Rounding.of(own, ElementType.BFLOAT16, USUAL_BLOCK)
                .bytes(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1)));
    }

    private static long values(List<Long> shape) {
        return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }
}
