package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectorTest {
    @TempDir
    Path folder;

    @Test
    void tellsWhatIsThereAndWhatWouldBeUsed() {
        RandomModelSize size = RandomModelSize.tiny();
        RandomModel.write(folder, size, 3);

        ModelReport report = ModelInspector.inspect(folder, false);

        assertThat(report.isUsable()).isTrue();
        assertThat(report.dimensions()).contains(size.dimensions());
        assertThat(report.parts())
                .extracting(ModelReport.Part::role)
                .containsExactly("image encoder", "checkpoint", "decoder", "tokenizer");
        ModelReport.Part encoder = report.parts().get(0);
        assertThat(encoder.tensorsIgnored()).hasSize(13).allMatch(key -> key.startsWith("blocks.2."));
        assertThat(encoder.elementTypes()).containsExactly("FLOAT16");
        assertThat(encoder.notes()).containsExactly("position embedding interpolated from 2x2 to 4x4");
        assertThat(report.memory())
                .extracting(ModelReport.Memory::precision)
                .containsExactly(
                        Precision.FLOAT32, Precision.BFLOAT16, Precision.FLOAT16, Precision.INT8, Precision.INT4);
        assertThat(report.memory())
                .extracting(ModelReport.Memory::int8CopyBytes)
                .containsExactly(0L, 0L, 0L, 0L, MemoryNeed.int8CopyBytes(size.dimensions(), Precision.INT4));
        assertThat(report.memory().get(0).totalBytes())
                .isEqualTo(2 * report.memory().get(1).totalBytes());
    }

    @Test
    void readsReleasedSizesFromHeadersAlone() throws IOException {
        RandomModelSize size = RandomModelSize.published();
        RandomModel.writeSparse(folder, size);
        Files.delete(folder.resolve("sextant.json"));

        ModelReport report = ModelInspector.inspect(folder, false);

        assertThat(report.problems()).isEmpty();
        assertThat(report.sizesFrom()).contains("published");
        assertThat(report.dimensions()).contains(ModelDimensions.published());
        assertThat(report.parts().get(0).tensorsUsed()).isEqualTo(4 + 39 * 13);
        assertThat(report.parts().get(0).tensorsIgnored()).hasSize(13).allMatch(key -> key.startsWith("blocks.39."));
        assertThat(report.parts().get(0).notes())
                .containsExactly("position embedding interpolated from 16x16 to 32x32");
        assertThat(bytes(report, 0)).isBetween(2_000_000_000L, 2_100_000_000L);
        assertThat(report.parts().get(1).tensorsUsed()).isEqualTo(130);
        assertThat(bytes(report, 1)).isBetween(679_526_400L, 680_500_000L);
        assertThat(report.parts().get(2).tensorsUsed()).isEqualTo(3 + 32 * 9);
        assertThat(report.parts().get(2).files()).hasSize(2);
        assertThat(bytes(report, 2)).isBetween(2 * 6_738_415_616L, 2 * 6_738_415_616L + 1_000_000);
        assertThat(report.memory().get(0).weightBytes()).isBetween(4 * 7_700_000_000L, 4 * 7_800_000_000L);
    }

    @Test
    void goesOnAfterTheFirstProblem() throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Files.write(folder.resolve("eva_vit_g.pth"), new byte[0]);
        Files.writeString(folder.resolve("minigptv2_checkpoint.pth"), "<html>");
        Files.delete(folder.resolve("llama/tokenizer.json"));

        ModelReport report = ModelInspector.inspect(folder, false);

        assertThat(report.isUsable()).isFalse();
        assertThat(report.problems()).hasSize(3);
        assertThat(report.problems().get(0)).contains("eva_vit_g.pth", "empty");
        assertThat(report.problems().get(1)).contains("minigptv2_checkpoint.pth", "web page");
        assertThat(report.problems().get(2)).contains("tokenizer.json");
        assertThat(report.parts()).extracting(ModelReport.Part::role).containsExactly("decoder");
    }

    @Test
    void findsDamagedDecoderWeightsOnlyWhenItVerifies() throws IOException {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        Path shard = folder.resolve("llama/model.safetensors");
        try (FileChannel channel = FileChannel.open(shard, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0, 0x7C, 0, 0x7E}), channel.size() - 4); // infinity and NaN
        }
        List<Long> steps = new ArrayList<>();

        ModelReport quick = ModelInspector.inspect(folder, false);
        ModelReport full = ModelInspector.inspect(folder, true, (file, read, total) -> {
            assertThat(read).isBetween(1L, total);
            steps.add(read);
        });

        assertThat(quick.problems()).isEmpty();
        assertThat(ModelFolder.open(folder).dimensions())
                .isEqualTo(RandomModelSize.tiny().dimensions());
        assertThat(full.problems()).hasSize(1);
        assertThat(full.problems().get(0)).contains("model.safetensors", "lm_head.weight", "not finite");
        assertThat(full.parts().get(1).notes()).anyMatch(note -> note.matches("SHA-256 [0-9a-f]{64}"));
        assertThat(steps).isSorted().isNotEmpty();
    }

    @Test
    void namesAllThatIsMissing() throws IOException {
        ModelReport empty = ModelInspector.inspect(folder, false);
        assertThat(empty.isUsable()).isFalse();
        assertThat(empty.problems().get(0))
                .contains(folder.toString(), "neither sextant.json nor the published file names");
        assertThat(empty.problems()).hasSize(4);

        ModelReport absent = ModelInspector.inspect(folder.resolve("absent"), false);
        assertThat(absent.problems()).hasSize(1);
        assertThat(absent.problems().get(0)).contains("absent", "does not exist");

        Files.createFile(folder.resolve("eva_vit_g.pth"));
        Files.createFile(folder.resolve("one.pth"));
        Files.createFile(folder.resolve("two.pth"));
        ModelReport ambiguous = ModelInspector.inspect(folder, false);
        assertThat(ambiguous.problems()).anyMatch(problem -> problem.contains("[one.pth, two.pth]"));
        assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(ModelFilesException.class);
    }

    private static long bytes(ModelReport report, int part) {
        return report.parts().get(part).files().stream()
                .mapToLong(ModelReport.PartFile::bytes)
                .sum();
    }
}
