package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedModelTest {
    private static final long LARGEST_BYTES = 20_000_000;

    @TempDir
    private Path cache;

    @Test
    void isAModelFolderOfAtMostTwentyMegabytes() throws Exception {
        Path folder = EmbeddedModel.unpack(cache);
        ModelReport report = ModelInspector.inspect(folder, true);
        assertThat(report.problems()).isEmpty();
        long bytes = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
        }
        assertThat(bytes).isBetween(1_000_000L, LARGEST_BYTES);
    }

    @Test
    void bringsCurvesForItsConfidences() {
        ConfidenceCalibration calibration = ConfidenceCalibration.ofFolder(EmbeddedModel.unpack(cache));
        assertThat(calibration.note()).contains("validation");
        assertThat(calibration.calibrated("detection", AnswerPart.BOX, 0.9))
                .as("boxes are surer than their tokens say")
                .isBetween(0.95, 1.0);
        assertThat(calibration.calibrated("identify", AnswerPart.ANSWER, 0.99))
                .as("answers are not")
                .isBetween(0.8, 0.98);
    }

    @Test
    void unpacksOnceAndAgainWhatWasLost() throws Exception {
        Path folder = EmbeddedModel.unpack(cache);
        Path kept = folder.resolve("sextant.json");
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(kept, old);
        Path lost = folder.resolve("llama/config.json");
        Files.delete(lost);
        assertThat(EmbeddedModel.unpack(cache)).isEqualTo(folder);
        assertThat(lost).isRegularFile();
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(old);
    }

    @Test
    void leavesNothingHalfWritten() throws Exception {
        Path folder = EmbeddedModel.unpack(cache);
        assertThat(files(folder))
                .isNotEmpty()
                .noneMatch(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void saysWhatToDoWhereItCannotWrite() throws Exception {
        Path file = Files.writeString(cache.resolve("no-folder"), "");
        assertThatThrownBy(() -> EmbeddedModel.unpack(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("XDG_CACHE_HOME")
                .hasMessageContaining("sextant.model.path");
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
