package io.sextant.core.internal.language;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.device.WeightKind;
import io.sextant.core.internal.quantization.ByteProgress;
import io.sextant.core.internal.quantization.LowRankChange;
import io.sextant.core.internal.quantization.QuantizedWeight;
import io.sextant.core.internal.quantization.Rounding;
import io.sextant.core.internal.quantization.SourceDigest;
import io.sextant.core.internal.quantization.WeightCache;
import io.sextant.core.internal.quantization.WeightRows;
import io.sextant.core.internal.weights.InParallel;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Brings the weights of a decoder into its program: as they are, or rounded to a kind, the adapter merged or apart. */
public final class DecoderWeights {
    private static final String ADAPTER_PREFIX = "llama_model.base_model.model.";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";
    private static final String WEIGHT = ".weight";
    private static final String LOGITS = "lm_head.weight";

    /** Weights that are made in a second or two are not worth a place on disk, in bytes. */
    private static final long WORTH_KEEPING = 256L << 20;

    private final ModelFolder folder;
    private final DeviceProgram program;
    private final WeightKind kind;
    private final AdapterUse adapter;
    private final Optional<WeightCache> cache;
    private final Consumer<String> progress;
    private final int threads = Runtime.getRuntime().availableProcessors();

    DecoderWeights(
            ModelFolder folder,
            DeviceProgram program,
            WeightKind kind,
            AdapterUse adapter,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        this.folder = folder;
        this.program = program;
        this.kind = kind;
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

    void load() {
        Map<String, StoredTensor> asTheyAre = new LinkedHashMap<>(folder.decoder());
        asTheyAre.keySet().removeIf(key -> kindOf(key, kind) != WeightKind.AS_IS);
        program.mapAll(asTheyAre);
        if (kind != WeightKind.AS_IS) {
            loadRounded(rounded());
        } else if (adapter == AdapterUse.MERGED) {
            asTheyAre.keySet().forEach(this::merge);
        }
        if (adapter == AdapterUse.APPLIED) {
            program.mapAll(adapter(folder));
        }
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
                rounded.add(new QuantizedWeight(
                        key, new WeightRows(entry.getValue(), change), Rounding.of(own, program.precision(), block)));
            }
        }
        return rounded;
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
        long total = weights.stream().mapToLong(QuantizedWeight::size).sum();
        ByteProgress bytes = new ByteProgress("reducing the decoder to " + lower(kind), total, progress);
        Optional<Map<String, StoredTensor>> kept = cache.filter(any -> total >= WORTH_KEEPING)
                .flatMap(folders -> folders.of(
                        key(weights), weights.stream().map(bytes::told).toList(), threads));
        if (kept.isPresent()) {
            inParallel(
                    weights,
                    weight -> weight.open(
                            program, Objects.requireNonNull(kept.get().get(weight.name()), "checked by the cache")));
        } else {
            inParallel(weights, weight -> {
                weight.open(program, weight.bytes());
                bytes.done(weight.size());
            });
        }
    }

    private void inParallel(List<QuantizedWeight> weights, Consumer<QuantizedWeight> open) {
        List<InParallel.Work> work = new ArrayList<>();
        weights.forEach(weight -> work.add(() -> open.accept(weight)));
        try {
            InParallel.run(work, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kind and version of the bytes, and a digest of all that they come from. */
    private String key(List<QuantizedWeight> weights) {
        Collection<StoredTensor> sources =
                weights.stream().map(weight -> weight.rows().stored()).toList();
        String model = folder.fingerprint() + " " + adapter + " "
                + weights.stream()
                        .map(weight -> weight.rounding().name())
                        .distinct()
                        .toList();
        return lower(kind) + "-v" + Rounding.VERSION + "-"
                + SourceDigest.of(model, sources).substring(0, 32);
    }

    private static String lower(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
