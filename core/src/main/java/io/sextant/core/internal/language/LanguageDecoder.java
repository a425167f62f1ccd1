package io.sextant.core.internal.language;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The decoder with its weights on a device. Holds nothing of any sequence; what moves is in a {@link KeyValueCache}.
 *
 * <p>B = rows, T = new positions, C = width, V = vocabulary. Calls must not overlap.
 */
public final class LanguageDecoder implements AutoCloseable {
    private static final String PROGRAM = "/io/sextant/core/internal/language/decoder.py";
    private static final String ADAPTER_PREFIX = "llama_model.base_model.model.";
    private static final String DOWN = ".lora_A.weight";
    private static final String UP = ".lora_B.weight";

    private final DeviceProgram program;
    private final DecoderDimensions dimensions;
    private final double adapterScaling;

    private LanguageDecoder(DeviceProgram program, DecoderDimensions dimensions, LoraDimensions lora) {
        this.program = program;
        this.dimensions = dimensions;
        this.adapterScaling = lora.scaling();
    }

    /**
     * @param folder whose decoder and adapter to use
     * @param adapter what becomes of the adapter
     */
    public static LanguageDecoder load(
            ModelFolder folder, ComputeDevice device, ElementType precision, AdapterUse adapter) {
        DeviceProgram program = DeviceProgram.load(PROGRAM, device, precision);
        LanguageDecoder decoder = new LanguageDecoder(
                program, folder.dimensions().decoder(), folder.dimensions().lora());
        program.mapAll(folder.decoder());
        if (adapter != AdapterUse.NONE) {
            decoder.loadAdapter(folder.checkpoint(), adapter == AdapterUse.MERGED);
        }
        decoder.buildPositionTables();
        return decoder;
    }

    private void loadAdapter(Map<String, StoredTensor> checkpoint, boolean merge) {
        Map<String, StoredTensor> apart = new LinkedHashMap<>();
        for (Map.Entry<String, StoredTensor> entry : checkpoint.entrySet()) {
            String key = entry.getKey();
            if (!key.startsWith(ADAPTER_PREFIX) || !key.endsWith(DOWN)) {
                continue;
            }
            String projection = key.substring(ADAPTER_PREFIX.length(), key.length() - DOWN.length());
            StoredTensor down = entry.getValue();
            StoredTensor up = Objects.requireNonNull(
                    checkpoint.get(key.substring(0, key.length() - DOWN.length()) + UP), "checked at opening");
            if (merge) {
                merge(projection, down, up);
            } else {
                apart.put(projection + DOWN, down);
                apart.put(projection + UP, up);
            }
        }
        program.mapAll(apart);
    }

    private void merge(String projection, StoredTensor down, StoredTensor up) {
        try (DeviceTensor a = program.tensor(down.readFloats(), down.shape());
                DeviceTensor b = program.tensor(up.readFloats(), up.shape())) {
            program.execute("merge_adapter", projection + ".weight", a, b, adapterScaling);
        }
    }

    private void buildPositionTables() {
        program.execute(
                "build_rope",
                dimensions.headDim(),
                dimensions.contextLength(),
                dimensions.ropeTheta(),
                program.precision().torchCode(),
                program.device().name());
    }

    /** What is computed. */
    public DecoderDimensions dimensions() {
        return dimensions;
    }

    /** The program, for tests that look inside and for the training module. */
    public DeviceProgram program() {
        return program;
    }

    /** Embeddings of token ids, (1, T, C); the caller owns them. */
    public DeviceTensor embed(int[] ids) {
        return embedRows(ids, 1);
    }

    /** Embeddings of one new token for each row, (B, 1, C); the caller owns them. */
    public DeviceTensor embedColumn(int[] ids) {
        return embedRows(ids, ids.length);
    }

    private DeviceTensor embedRows(int[] ids, int rows) {
        long[] wide = Arrays.stream(ids).asLongStream().toArray();
        try (DeviceTensor tensor = program.tensor(wide, rows, ids.length / rows)) {
            return program.call("embed", tensor);
        }
    }

    /** Embeddings that mean nothing, (1, count, C), for left padding; the caller owns them. */
    public DeviceTensor padding(int count) {
        return program.call("blank", count);
    }

    /** Two tensors one after another along a dimension; both are closed, the caller owns the result. */
    public DeviceTensor join(DeviceTensor first, DeviceTensor second, int dimension) {
        try (first;
                second) {
            return joinShared(first, second, dimension);
        }
    }

    /** As {@link #join}, but both stay with their owners. */
    public DeviceTensor joinShared(DeviceTensor first, DeviceTensor second, int dimension) {
        return program.call("join", first, second, dimension);
    }

    /** The same numbers with an owner of their own. */
    public DeviceTensor copy(DeviceTensor tensor) {
        return program.call("copy", tensor);
    }

    /**
     * An empty cache.
     *
     * @param padding columns of left padding of each row; its length is the number of rows
     * @param capacity columns it has room for
     */
    public KeyValueCache newCache(int[] padding, int capacity) {
        return newCache(0, padding, capacity);
    }

    private KeyValueCache newCache(int shared, int[] padding, int capacity) {
        DeviceTensor keys = allocate(padding.length, capacity);
        try {
            return new KeyValueCache(keys, allocate(padding.length, capacity), shared, padding, capacity);
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private DeviceTensor allocate(int rows, int capacity) {
        return program.call(
                "allocate", dimensions.layers(), rows, dimensions.keyValueHeads(), capacity, dimensions.headDim());
    }

    /**
     * A cache whose every row begins with what another cache of one row holds.
     *
     * @param source with one row and no padding
     * @param padding columns of left padding of each row after that beginning; its length is the number of rows
     */
    public KeyValueCache fork(KeyValueCache source, int[] padding, int capacity) {
        KeyValueCache cache = newCache(source.length(), padding, capacity);
        program.execute("copy_prefix", cache.keys(), source.keys(), source.length());
        program.execute("copy_prefix", cache.values(), source.values(), source.length());
        cache.advance(source.length());
        return cache;
    }

    /** Puts the rows in another order: row i takes what row rows[i] held. */
    public void reorder(KeyValueCache cache, int[] rows) {
        long[] wide = Arrays.stream(rows).asLongStream().toArray();
        try (DeviceTensor order = program.tensor(wide, rows.length)) {
            program.execute("reorder", cache.keys(), order, cache.length());
            program.execute("reorder", cache.values(), order, cache.length());
        }
    }

    /**
     * Puts new positions of all rows through the layers and into the cache.
     *
     * @param embeddings (B, T, C); stays with the caller
     * @param positions T, at most what the cache has room for
     * @return normalised hidden states, (B, T, C); the caller owns them
     */
    public DeviceTensor advance(KeyValueCache cache, DeviceTensor embeddings, int positions) {
        int start = cache.length();
        if (start + positions > cache.capacity()) {
            throw new IllegalStateException("The cache has room for " + cache.capacity() + " positions, "
                    + (start + positions) + " are needed");
        }
        int rows = cache.rows();
        try (DeviceTensor ids = program.tensor(cache.positionIds(positions), rows, positions);
                DeviceTensor mask = program.tensor(cache.attentionMask(positions), rows, start + positions)) {
            DeviceTensor hidden = program.callSized(
                    (long) rows * positions * dimensions.hidden() * dimensions.intermediate(),
                    "forward_positions",
                    embeddings,
                    ids,
                    mask,
                    cache.keys(),
                    cache.values(),
                    start,
                    dimensions.heads(),
                    adapterScaling,
                    dimensions.rmsNormEps());
            cache.advance(positions);
            return hidden;
        }
    }

    /** Logits after the last position, one array of V numbers a row. */
    public float[][] lastLogits(DeviceTensor hidden) {
        try (DeviceTensor logits = program.call("last_logits", hidden)) {
            float[] all = program.floats(logits);
            int vocabulary = dimensions.vocabulary();
            float[][] rows = new float[all.length / vocabulary][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary);
            }
            return rows;
        }
    }

    /** Memory one position of one sequence takes in a cache, in bytes. */
    public long bytesPerPosition() {
        return 2L
                * dimensions.layers()
                * dimensions.keyValueHeads()
                * dimensions.headDim()
                * program.precision().bytes();
    }

    /** Frees the weights; may be called twice. */
    @Override
    public void close() {
        program.close();
    }
}
