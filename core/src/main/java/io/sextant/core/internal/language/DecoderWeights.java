package io.sextant.core.internal.language;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.FasterForms;
import io.sextant.core.internal.quantization.Int4Rounding;
import io.sextant.core.internal.quantization.Int8Rounding;
import io.sextant.core.internal.quantization.LowRankChange;
import io.sextant.core.internal.quantization.QuantizedWeight;
import io.sextant.core.internal.quantization.RoundedWeights;
import io.sextant.core.internal.quantization.Rounding;
import io.sextant.core.internal.quantization.WeightCache;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.quantization.WeightRows;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the weights of a decoder into its program: as they are, or rounded to a kind, the adapter merged or apart. */
public final class DecoderWeights {
    private static final String ADAPTER_PREFIX = "llama_model.base_model.model.";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String WEIGHT = ".weight";
    private static final String LOGITS = "lm_head.weight";

    private final ModelFolder folder;
    private final DeviceProgram program;
    private final WeightKind kind;
    private final boolean hasInt8Copy;
    private final AdapterUse adapter;
    private final Optional<WeightCache> cache;
    private final Consumer<String> progress;

    DecoderWeights(
            ModelFolder folder,
            DeviceProgram program,
            WeightKind kind,
            boolean hasInt8Copy,
            AdapterUse adapter,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        this.folder = folder;
        this.program = program;
        this.kind = kind;
        this.hasInt8Copy = hasInt8Copy;
        this.adapter = adapter;
        this.cache = cache;
        this.progress = progress;
    }

    /**
     * What a weight is kept as where the decoder's weights are of a kind: norms and embeddings stay as they are, and the logits, which
     * every token comes from, have at least 8 bits.
     */
    public static WeightKind kindOf(String key, WeightKind kind) {
        if (key.equals(LOGITS)) {
            return kind == WeightKind.INT4 ? WeightKind.INT8 : kind;
        }
        return key.endsWith("_proj.weight") ? kind : WeightKind.AS_IS;
    }

    /** The adapter under the names of the program; empty if the model has none. */
    static Map<String, StoredTensor> adapter(ModelFolder folder) {
        Map<String, StoredTensor> apart = new LinkedHashMap<>();
        folder.checkpoint().forEach((key, tensor) -> {
            if (key.startsWith(ADAPTER_PREFIX) && (key.endsWith(DOWN) || key.endsWith(UP))) {
                apart.put(key.substring(ADAPTER_PREFIX.length()), tensor);
            }
        });
        return apart;
    }

    /** Brings them; what makes products faster afterwards is still to be made. */
    FasterForms load() {
        Map<String, StoredTensor> asTheyAre = new LinkedHashMap<>(folder.decoder());
        asTheyAre.keySet().removeIf(key -> kindOf(key, kind) != WeightKind.AS_IS);
        program.mapAll(asTheyAre);
        List<QuantizedWeight> rounded = kind == WeightKind.AS_IS ? List.of() : rounded();
        if (kind != WeightKind.AS_IS) {
            loadRounded(rounded);
        } else if (adapter == AdapterUse.MERGED) {
            asTheyAre.keySet().forEach(this::merge);
        }
        if (adapter == AdapterUse.APPLIED) {
            program.mapAll(adapter(folder));
        }
        return new FasterForms(program, rounded);
    }

    /** Adds the adapter of a weight to it, if it has one. */
    private void merge(String key) {
        Optional<StoredTensor> down = ofAdapter(key, DOWN);
        if (down.isPresent()) {
            StoredTensor up = ofAdapter(key, UP).orElseThrow();
            try (DeviceTensor a =
                            program.tensor(down.get().readFloats(), down.get().shape());
                    DeviceTensor b = program.tensor(up.readFloats(), up.shape())) {
                program.execute(
                        "merge_adapter", key, a, b, folder.dimensions().lora().scaling());
            }
        }
    }

    private Optional<StoredTensor> ofAdapter(String key, String part) {
        String projection = ADAPTER_PREFIX + key.substring(0, key.length() - WEIGHT.length());
        return Optional.ofNullable(folder.checkpoint().get(projection + part));
    }

    /** The weights to round, in the order of the files. */
    private List<QuantizedWeight> rounded() {
        int block = kind == WeightKind.INT4 ? packedTogether() : 0;
        List<QuantizedWeight> rounded = new ArrayList<>();
        for (Map.Entry<String, StoredTensor> entry : folder.decoder().entrySet()) {
            String key = entry.getKey();
            WeightKind own = kindOf(key, kind);
            if (own != WeightKind.AS_IS) {
                Optional<LowRankChange> change = adapter == AdapterUse.MERGED ? change(key) : Optional.empty();
                rounded.add(new QuantizedWeight(key, new WeightRows(entry.getValue(), change), rounding(own, block)));
            }
        }
        return rounded;
    }

    private Rounding rounding(WeightKind own, int block) {
        if (own == WeightKind.INT8) {
            return new Int8Rounding().packed();
        }
        Int4Rounding rounding = new Int4Rounding(program.precision(), block);
        return hasInt8Copy ? rounding.withInt8Copy() : rounding;
    }

    /** How many outputs libtorch packs together in int4 here, which it does not say, but shows. */
    private int packedTogether() {
        try (DeviceTensor block = program.call("int4_block")) {
            int found = (int) program.floats(block)[0];
            if (found == 0) {
                throw new ConfigurationException("sextant.model.precision=int4 cannot be computed on this processor,"
                        + " for libtorch packs its weights in a way that is not known; use int8.");
            }
            return found;
        }
    }

    private Optional<LowRankChange> change(String key) {
        return ofAdapter(key, DOWN)
                .map(down -> new LowRankChange(
                        ofAdapter(key, UP).orElseThrow(),
                        down,
                        folder.dimensions().lora().scaling()));
    }

    private void loadRounded(List<QuantizedWeight> weights) {
        String model = folder.fingerprint() + " " + adapter;
        new RoundedWeights(weights).load(program, "decoder", kind, model, cache, progress);
    }
}
