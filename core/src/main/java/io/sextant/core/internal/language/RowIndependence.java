package io.sextant.core.internal.language;

import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.WeightKind;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how many rows a product must have at least, so that a row's result does not depend on how many others are in the call.
 *
 * <h2>How it works</h2>
 *
 * Libraries compute the rows of a product in groups, and what is left over in another way, which rounds differently; with few rows,
 * or with several threads, much is left over. Which numbers of rows leave nothing over depends on processor, library and precision, so
 * it is measured: each kind of product of the first layer, and the one of the logits, is computed for the multiples of 1, 2, 4, … rows and
 * compared, bit for bit, with the same rows in a large call, in as many threads as the decoder's calls take. Every call is then padded to a multiple
 * of the smallest number that never made a difference, so that nobody's answer depends on who shares it. Products of whole numbers need no
 * measuring: their sums do not round.
 */
final class RowIndependence {
    private static final Logger LOGGER = LoggerFactory.getLogger(RowIndependence.class);
    private static final String ATTENTION = "model.layers.0.self_attn.";
    private static final String EMBEDDINGS = "model.embed_tokens.weight";
    private static final List<String> PRODUCTS = List.of(
            ATTENTION + "q_proj.weight",
            ATTENTION + "k_proj.weight",
            "model.layers.0.mlp.gate_proj.weight",
            "model.layers.0.mlp.down_proj.weight",
            "lm_head.weight");
    private static final List<String> ADAPTER_PRODUCTS =
            List.of(ATTENTION + "q_proj.lora_A.weight", ATTENTION + "q_proj.lora_B.weight");

    /** Numbers of rows whose multiples are tried. */
    private static final int[] CHOICES = {1, 2, 4, 8, 16, 32};

    private static final int MANY = 64;

    private RowIndependence() {}

    /**
     * The number that every call's rows must be a multiple of; 1 where rows never depend on one another.
     *
     * @param kind what the decoder's weights are kept as
     * @param hasAdapter whether the program keeps an adapter apart
     * @param stepSize what the decoder's calls are sized as ({@link DeviceProgram#callSized})
     */
    static int rowMultiple(DeviceProgram program, WeightKind kind, boolean hasAdapter, long stepSize) {
        List<String> products = new ArrayList<>(PRODUCTS);
        products.removeIf(product -> DecoderWeights.kindOf(product, kind) != WeightKind.AS_IS);
        if (hasAdapter) {
            products.addAll(ADAPTER_PRODUCTS);
        }
        int choice = 0;
        for (String product : products) {
            while (choice < CHOICES.length && difference(program, product, CHOICES[choice], stepSize) != 0) {
                choice++;
            }
        }
        if (choice < CHOICES.length) {
            return CHOICES[choice];
        }
        LOGGER.atWarn()
                .log(
                        "products differ with the number of rows however many there are: answers may depend on who shares a batch");
        return CHOICES[CHOICES.length - 1];
    }

    private static float difference(DeviceProgram program, String product, int multiple, long stepSize) {
        try (DeviceTensor difference =
                program.callSized(stepSize, "row_difference", product, multiple, MANY, EMBEDDINGS)) {
            return program.floats(difference)[0];
        }
    }
}
