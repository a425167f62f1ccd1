package io.sextant.core.internal.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupedQueryTest {
    private static final double LOGITS = 5e-4;

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} heads, {1} key/value heads")
    @CsvSource({"4, 4", "4, 2", "6, 2", "4, 1"})
    void agreesWithADecoderWrittenOutInDoubles(int heads, int keyValueHeads) {
        DecoderDimensions dimensions = new DecoderDimensions(
                heads * 8, 3, heads, keyValueHeads, 40, RandomModelSize.smallestVocabulary(), 64, 1e-5, 10000);
        ModelDimensions all = new ModelDimensions(
                new VisionDimensions(28, 14, 8, 2, 1, 16, 1e-6, 1e-5, 4), dimensions, new LoraDimensions(4, 2));
        RandomModel.write(directory.resolve("model"), RandomModelSize.of(all), heads);
        ModelFolder folder = ModelFolder.open(directory.resolve("model"));
        int[] ids = {1, 17, 30, 5, 99, 42, 7};
        double[] expected = new PlainDecoder(folder).lastLogits(ids);
        try (LanguageDecoder decoder =
                        LanguageDecoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32, AdapterUse.APPLIED);
                BlockStorage storage = decoder.newStorage(5, 3)) {
            float[] actual = {};
            int start = 0;
            for (int[] part : new int[][] {Arrays.copyOf(ids, 4), {ids[4]}, {ids[5], ids[6]}}) {
                SequenceRun run = new SequenceRun(new int[] {3, 1, 4}, start, part.length);
                try (DeviceTensor embeddings = decoder.embed(part);
                        DeviceTensor hidden = decoder.forward(storage, List.of(run), embeddings)) {
                    actual = decoder.logits(hidden, new int[] {part.length - 1})[0];
                }
                start += part.length;
            }
            assertThat(actual).hasSameSizeAs(expected);
            for (int id = 0; id < expected.length; id++) {
                assertThat((double) actual[id]).isCloseTo(expected[id], offset(LOGITS));
            }
        }
    }
}
