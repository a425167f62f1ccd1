package io.sextant.training.run;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.device.ProductTimer;
import java.util.Locale;
import java.util.Set;

/**
 * What products are computed in.
 *
 * @param precision FLOAT32 or BFLOAT16
 * @param reason for people
 */
public record PrecisionChoice(ElementType precision, String reason) {
    /** bfloat16 costs some accuracy and conversions, so it has to be clearly faster. */
    private static final double CLEARLY = 0.8;

    private static final Set<String> KNOWN = Set.of("auto", "float32", "bfloat16");

    /** @throws ConfigurationException unless the setting is {@code auto}, {@code float32} or {@code bfloat16} */
    public static void requireKnown(String setting) {
        if (!KNOWN.contains(setting)) {
            throw new ConfigurationException(
                    "--precision=" + setting + " is not known; use auto, float32 or bfloat16.");
        }
    }

    /**
     * @param setting {@code auto}, {@code float32} or {@code bfloat16}
     * @param device where they are computed
     * @throws ConfigurationException if it is another one
     */
    public static PrecisionChoice of(String setting, ComputeDevice device) {
        requireKnown(setting);
        return switch (setting) {
            case "float32" -> new PrecisionChoice(ElementType.FLOAT32, "as asked for");
            case "bfloat16" -> new PrecisionChoice(ElementType.BFLOAT16, "as asked for");
            default -> measured(device);
        };
    }

    private static PrecisionChoice measured(ComputeDevice device) {
        double wide = ProductTimer.best(ElementType.FLOAT32, device);
        double narrow = ProductTimer.best(ElementType.BFLOAT16, device);
        ElementType chosen = narrow < CLEARLY * wide ? ElementType.BFLOAT16 : ElementType.FLOAT32;
        return new PrecisionChoice(
                chosen,
                String.format(Locale.ROOT, "a product takes %.1f ms in float32, %.1f ms in bfloat16", wide, narrow));
    }
}
