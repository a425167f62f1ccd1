package io.sextant.core.internal.language;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.FasterForms;
import io.sextant.core.internal.quantization.WeightCache;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The decoder with its weights on a device. Holds nothing of any sequence; what moves is in a {@link BlockStorage}.
 *
 * <p>N = new positions of all sequences in a call, C = width, V = vocabulary, L = layers, K = key/value heads, P = blocks, S = positions
 * of a block, D = width of a head. Calls must not overlap.
 */
public final class LanguageDecoder implements AutoCloseable {
    private static final String PROGRAM = "/io/sextant/core/internal/language/decoder.py";

    /** Rows of a usual step of one or a few answers. */
    private static final long USUAL_ROWS = 8;

    /**
     * New positions of a sequence up to which each is attended to as if it were the only one: as long as that is over sooner than gathering the sequence's keys and values. What comes
     * out is then what steps of one position give.
     */
    private static final int ONE_BY_ONE = 4;

    /** New positions that one call takes at most. */
    public static final int MOST_POSITIONS = 512;

    private final DeviceProgram program;
    private final DecoderDimensions dimensions;
    private final double adapterScaling;
    private final boolean hasInt8Copy;
    private final FasterForms fasterForms;
    private RowNumbers rowNumbers = RowNumbers.multiplesOf(1);
    private boolean isMeasured;

    private LanguageDecoder(
            DeviceProgram program,
            DecoderDimensions dimensions,
            LoraDimensions lora,
            boolean hasInt8Copy,
            FasterForms fasterForms) {
        this.program = program;
        this.dimensions = dimensions;
        this.adapterScaling = lora.scaling();
        this.hasInt8Copy = hasInt8Copy;
        this.fasterForms = fasterForms;
    }

    /** As {@link #load(ModelFolder, ComputeDevice, ElementType, WeightKind, boolean, AdapterUse, Optional, Consumer)}, with the weights as they are. */
    public static LanguageDecoder load(
            ModelFolder folder, ComputeDevice device, ElementType precision, AdapterUse adapter) {
        return load(folder, device, precision, WeightKind.AS_IS, false, adapter, Optional.empty(), step -> {});
    }

    /**
     * @param folder whose decoder and adapter to use
     * @param precision what to compute in
     * @param kind what to keep the weights of the products as
     * @param hasInt8Copy whether {@link #makeFaster} keeps int4 weights as int8 too, for all but few rows; answers are the same
     * @param adapter what becomes of the adapter
     * @param cache where smaller weights are kept from one start to the next
     * @param progress gets a few words before each long step
     */
    public static LanguageDecoder load(
            ModelFolder folder,
            ComputeDevice device,
            ElementType precision,
            WeightKind kind,
            boolean hasInt8Copy,
            AdapterUse adapter,
            Optional<WeightCache> cache,
            Consumer<String> progress) {
        DeviceProgram program = DeviceProgram.load(PROGRAM, device, precision);
        try {
            FasterForms forms = new DecoderWeights(folder, program, kind, hasInt8Copy, adapter, cache, progress).load();
            LanguageDecoder decoder = new LanguageDecoder(
                    program,
                    folder.dimensions().decoder(),
                    folder.dimensions().lora(),
                    kind == WeightKind.INT4 && hasInt8Copy,
                    forms);
            decoder.buildPositionTables();
            decoder.rowNumbers = RowNumbers.multiplesOf(RowIndependence.rowMultiple(
                    program,
                    kind,
                    adapter == AdapterUse.APPLIED
                            && !DecoderWeights.adapter(folder).isEmpty(),
                    decoder.stepSize()));
            return decoder;
        } catch (RuntimeException e) {
            program.close();
            throw e;
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

    /**
     * Embeddings of token ids, (1, N, C); the caller owns them. N is the number of ids, rounded up to a {@link #rowMultiple}; what is
     * added means nothing.
     */
    public DeviceTensor embed(int[] ids) {
        long[] wide = new long[padded(ids.length)];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        try (DeviceTensor tensor = program.tensor(wide, 1, wide.length)) {
            return program.call("embed", tensor);
        }
    }

    /**
     * Puts visual tokens in the place of embeddings.
     *
     * @param embeddings (1, N, C), changed
     * @param offset first position that is replaced
     * @param visual (1, M, C)
     * @param first the first of its tokens to take
     * @param count how many
     */
    public void placeVisual(DeviceTensor embeddings, int offset, DeviceTensor visual, int first, int count) {
        program.execute("place_visual", embeddings, offset, visual, first, count);
    }

    /** Room for keys and values, which the caller owns. */
    public BlockStorage newStorage(int blocks, int blockSize) {
        DeviceTensor keys = newBlocks(blocks, dimensions.headDim(), blockSize);
        try {
            return new BlockStorage(keys, newBlocks(blocks, blockSize, dimensions.headDim()), blocks, blockSize);
        } catch (RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private DeviceTensor newBlocks(int blocks, int rows, int columns) {
        return program.call("new_blocks", dimensions.layers(), dimensions.keyValueHeads(), blocks, rows, columns);
    }

    /** Copies blocks: what sources[i] holds goes to targets[i]. No block is both. */
    public void copyBlocks(BlockStorage storage, int[] sources, int[] targets) {
        try (DeviceTensor from = indices(sources);
                DeviceTensor to = indices(targets)) {
            program.execute("copy_blocks", storage.keys(), from, to);
            program.execute("copy_blocks", storage.values(), from, to);
        }
    }

    /**
     * Puts new positions of several sequences through the layers and into their blocks. What comes out for a sequence does not
     * depend on the others ({@link #rowMultiple} says how).
     *
     * @param runs at least one; together at most {@link #MOST_POSITIONS} new positions
     * @param embeddings (1, N, C) as {@link #embed} makes them, those of the runs one after another; stays with the caller
     * @return normalised hidden states, (1, N, C); the caller owns them
     */
    public DeviceTensor forward(BlockStorage storage, List<SequenceRun> runs, DeviceTensor embeddings) {
        int positions = runs.stream().mapToInt(SequenceRun::count).sum();
        if (positions > MOST_POSITIONS) {
            throw new IllegalArgumentException(
                    "one call takes at most " + MOST_POSITIONS + " new positions, were " + positions);
        }
        int rows = padded(positions);
        Layout layout = Layout.of(runs, rows, storage.blockSize());
        try (DeviceTensor ids = program.tensor(layout.positions(), rows);
                DeviceTensor places = program.tensor(layout.places(), rows);
                DeviceTensor tables = program.tensor(layout.tables(), layout.tables().length)) {
            return program.callSized(
                    stepSize(),
                    "forward_sequences",
                    embeddings,
                    ids,
                    places,
                    layout.counts(),
                    layout.lengths(),
                    tables,
                    layout.tableSizes(),
                    storage.keys(),
                    storage.values(),
                    dimensions.heads(),
                    adapterScaling,
                    dimensions.rmsNormEps(),
                    rowNumbers.isMany(rows),
                    ONE_BY_ONE);
        }
    }

    /**
     * Logits after some of the positions, one array of V numbers each.
     *
     * @param hidden (1, N, C), from {@link #forward}
     * @param rows which of the N, at least one
     */
    public float[][] logits(DeviceTensor hidden, int[] rows) {
        int[] padded = Arrays.copyOf(rows, padded(rows.length));
        try (DeviceTensor chosen = indices(padded);
                DeviceTensor logits = program.callSized(stepSize(), "row_logits", hidden, chosen)) {
            float[] all = program.floats(logits);
            int vocabulary = dimensions.vocabulary();
            float[][] result = new float[rows.length][];
            for (int row = 0; row < rows.length; row++) {
                result[row] = Arrays.copyOfRange(all, row * vocabulary, (row + 1) * vocabulary);
            }
            return result;
        }
    }

    /**
     * What the number of rows of a product must be a multiple of, so that each row's result is its own, whoever else is in the call:
     * measured at load ({@link RowIndependence}). Calls are padded to it.
     */
    public int rowMultiple() {
        return rowNumbers.multiple();
    }

    /** For comparisons, tensor by tensor, with a reference that does not pad; rows then depend on their number in the last bits. */
    void leaveRowsUnpadded() {
        rowNumbers = RowNumbers.multiplesOf(1);
    }

    /** For tests that pad otherwise, as a large model does once it has measured. */
    void pad(RowNumbers numbers) {
        rowNumbers = numbers;
    }

    private int padded(int rows) {
        return rowNumbers.padded(rows);
    }

    /**
     * Whether one thread or all compute must not depend on how many rows there are, for that changes roundings. So the model decides:
     * where a usual step is small, all its steps are computed in one thread.
     */
    private long stepSize() {
        return USUAL_ROWS * dimensions.hidden() * dimensions.intermediate();
    }

    private DeviceTensor indices(int[] numbers) {
        return program.tensor(Arrays.stream(numbers).asLongStream().toArray(), numbers.length);
    }

    /** Memory one position of one sequence takes in a cache, in bytes. */
    public long bytesPerPosition() {
        return 2L
                * dimensions.layers()
                * dimensions.keyValueHeads()
                * dimensions.headDim()
                * program.precision().bytes();
    }

    /**
     * Makes products faster by one weight, from now on and with the same results; false if all are as fast as they get.
     * Where there is no memory for it, products stay as they are. At last a large model finds out how many rows are computed soonest.
     */
    public boolean makeFaster() {
        if (fasterForms.makeNext()) {
            return true;
        }
        boolean isFirst = !isMeasured;
        isMeasured = true;
        if (isFirst && program.device().equals(ComputeDevice.CPU) && program.isShared(stepSize())) {
            rowNumbers = rowNumbers.measured(program, hasInt8Copy, dimensions.layers(), stepSize());
        }
        return false;
    }

    /** Memory that {@link #makeFaster} will still take, in bytes. Any thread may ask. */
    public long pendingBytes() {
        return fasterForms.pendingBytes();
    }

    /** Frees the weights; may be called twice. */
    @Override
    public void close() {
        program.close();
    }

    /** The runs of a call as the program reads them. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call, never compared
    private record Layout(
            long[] positions, long[] places, long[] counts, long[] lengths, long[] tables, long[] tableSizes) {
        static Layout of(List<SequenceRun> runs, int rows, int blockSize) {
            long[] positions = new long[rows];
            long[] places = new long[rows]; // padding writes to place 0, in the block that is nobody's
            long[] counts = new long[runs.size()];
            long[] lengths = new long[runs.size()];
            long[] tableSizes = new long[runs.size()];
            int row = 0;
            for (int i = 0; i < counts.length; i++) {
                SequenceRun run = runs.get(i);
                counts[i] = run.count();
                lengths[i] = run.length();
                tableSizes[i] = (run.length() + blockSize - 1) / blockSize;
                for (int position = run.start(); position < run.length(); position++) {
                    positions[row] = position;
                    places[row] = (long) run.table()[position / blockSize] * blockSize + position % blockSize;
                    row++;
                }
            }
            long[] tables = new long[(int) Arrays.stream(tableSizes).sum()];
            int next = 0;
            for (int i = 0; i < counts.length; i++) {
                for (int block = 0; block < tableSizes[i]; block++) {
                    tables[next++] = runs.get(i).table()[block];
                }
            }
            return new Layout(positions, places, counts, lengths, tables, tableSizes);
        }
    }
}
