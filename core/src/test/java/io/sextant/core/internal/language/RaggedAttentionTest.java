package io.sextant.core.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sequences of several lengths in one call, of one new position and of several, with blocks that lie apart and blocks that two of them share. */
class RaggedAttentionTest {
    private static final int BLOCK = 3;

    /** Positions before the call, new ones, and blocks, of each sequence. The first two blocks of the last are those of the first. */
    private static final int[][] BEFORE_AND_NEW = {{7, 1}, {2, 1}, {5, 4}, {0, 1}, {0, 6}, {11, 1}};

    private static final int[][] TABLES = {{9, 1, 4}, {6}, {3, 8, 2}, {5}, {11, 12}, {9, 1, 10, 7}};

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} heads, {1} key/value heads, {2}")
    @CsvSource({"4, 4, FLOAT32", "4, 2, FLOAT32", "4, 4, BFLOAT16", "6, 2, BFLOAT16", "4, 1, FLOAT16"})
    void eachSequenceComesOutAsItDoesAlone(int heads, int keyValueHeads, ElementType precision) {
        try (LanguageDecoder decoder =
                LanguageDecoder.load(folder(heads, keyValueHeads), ComputeDevice.CPU, precision, AdapterUse.MERGED)) {
            List<float[]> alone = new ArrayList<>();
            for (int i = 0; i < TABLES.length; i++) {
                try (BlockStorage storage = decoder.newStorage(13, BLOCK)) {
                    prepare(decoder, storage);
                    alone.addAll(last(decoder, storage, List.of(i)));
                }
            }
            try (BlockStorage storage = decoder.newStorage(13, BLOCK)) {
                prepare(decoder, storage);
                assertThat(last(decoder, storage, List.of(5, 2, 0, 4, 3, 1)))
                        .containsExactly(
                                alone.get(5), alone.get(2), alone.get(0), alone.get(4), alone.get(3), alone.get(1));
            }
        }
    }

    /** A stretch that a grammar forces is attended to one position after the other, so that it comes out as steps of one do. */
    @ParameterizedTest(name = "{0} heads, {1} key/value heads, {2}")
    @CsvSource({"4, 4, FLOAT32", "4, 2, BFLOAT16"})
    void fewNewPositionsComeOutAsOneByOne(int heads, int keyValueHeads, ElementType precision) {
        try (LanguageDecoder decoder =
                LanguageDecoder.load(folder(heads, keyValueHeads), ComputeDevice.CPU, precision, AdapterUse.MERGED)) {
            float[] together;
            try (BlockStorage storage = decoder.newStorage(13, BLOCK)) {
                prepare(decoder, storage);
                together = last(decoder, storage, List.of(2)).get(0);
            }
            try (BlockStorage storage = decoder.newStorage(13, BLOCK)) {
                prepare(decoder, storage);
                int before = BEFORE_AND_NEW[2][0];
                for (int i = 0; i < BEFORE_AND_NEW[2][1] - 1; i++) {
                    run(decoder, storage, List.of(new SequenceRun(TABLES[2], before + i, 1)), List.of(2))
                            .close();
                }
                SequenceRun end = new SequenceRun(TABLES[2], before + BEFORE_AND_NEW[2][1] - 1, 1);
                try (DeviceTensor hidden = run(decoder, storage, List.of(end), List.of(2))) {
                    assertThat(decoder.logits(hidden, new int[] {0})[0]).isEqualTo(together);
                }
            }
        }
    }

    /** As a large model computes few rows, once it has measured. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"FLOAT32, AS_IS", "BFLOAT16, AS_IS", "BFLOAT16, INT8", "BFLOAT16, INT4"})
    void comesOutTheSameInCallsOfMoreRows(ElementType precision, WeightKind kind) {
        try (LanguageDecoder decoder = LanguageDecoder.load(
                        folder(4, 2),
                        ComputeDevice.CPU,
                        precision,
                        kind,
                        false,
                        AdapterUse.MERGED,
                        Optional.empty(),
                        step -> {});
                BlockStorage storage = decoder.newStorage(13, BLOCK)) {
            prepare(decoder, storage);
            List<float[]> usual = last(decoder, storage, List.of(0));
            double[] seconds = new double[9];
            Arrays.fill(seconds, 1);
            seconds[8] = 0.5;
            decoder.pad(RowNumbers.of(decoder.rowMultiple(), seconds, new double[0]));
            try (DeviceTensor embeddings = decoder.embed(new int[] {1})) {
                assertThat(decoder.program().shape(embeddings)[1]).isEqualTo(8);
            }
            assertThat(last(decoder, storage, List.of(0))).containsExactly(usual.get(0));
        }
    }

    private ModelFolder folder(int heads, int keyValueHeads) {
        DecoderDimensions dimensions = new DecoderDimensions(
                heads * 8, 3, heads, keyValueHeads, 40, RandomModelSize.smallestVocabulary(), 64, 1e-5, 10000);
        ModelDimensions all = new ModelDimensions(
                new VisionDimensions(28, 14, 8, 2, 1, 16, 1e-6, 1e-5, 4), dimensions, new LoraDimensions(4, 2));
        RandomModel.write(directory.resolve("model"), RandomModelSize.of(all), heads);
        return ModelFolder.open(directory.resolve("model"));
    }

    /** The positions before the call, of one sequence after another; what two share is written by the first. */
    private static void prepare(LanguageDecoder decoder, BlockStorage storage) {
        for (int i = 0; i < TABLES.length; i++) {
            int shared = i == TABLES.length - 1 ? 2 * BLOCK : 0;
            int before = BEFORE_AND_NEW[i][0];
            if (before > shared) {
                run(decoder, storage, List.of(new SequenceRun(TABLES[i], shared, before - shared)), List.of(i))
                        .close();
            }
        }
    }

    /** Logits after the last new position of each. */
    private static List<float[]> last(LanguageDecoder decoder, BlockStorage storage, List<Integer> sequences) {
        List<SequenceRun> runs = new ArrayList<>();
        int[] rows = new int[sequences.size()];
        int row = 0;
        for (int i = 0; i < rows.length; i++) {
            int[] own = BEFORE_AND_NEW[sequences.get(i)];
            runs.add(new SequenceRun(TABLES[sequences.get(i)], own[0], own[1]));
            row += own[1];
            rows[i] = row - 1;
        }
        try (DeviceTensor hidden = run(decoder, storage, runs, sequences)) {
            return List.of(decoder.logits(hidden, rows));
        }
    }

    /** The id of a position is a matter of its sequence and place; the beginning that two share is the same. */
    private static DeviceTensor run(
            LanguageDecoder decoder, BlockStorage storage, List<SequenceRun> runs, List<Integer> sequences) {
        int[] ids = IntStream.range(0, runs.size())
                .flatMap(i -> IntStream.range(runs.get(i).start(), runs.get(i).length())
                        .map(position -> 3 + (sequences.get(i) % 4 * 31 + position * 7) % 90))
                .toArray();
        try (DeviceTensor embeddings = decoder.embed(ids)) {
            return decoder.forward(storage, runs, embeddings);
        }
    }
}
