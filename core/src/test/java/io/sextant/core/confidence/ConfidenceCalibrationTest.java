package io.sextant.core.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceCalibrationTest {
    private static final Offset<Double> TINY = within(1e-12);

    @TempDir
    private Path folder;

    @Test
    void aCurveMovesTheLogOdds() {
        // Odds of 3 become 3 x 3; odds of 9 become their root.
        assertThat(new ConfidenceCurve(1, Math.log(3)).apply(0.75)).isCloseTo(0.9, TINY);
        assertThat(new ConfidenceCurve(0.5, 0).apply(0.9)).isCloseTo(0.75, TINY);
    }

    @ParameterizedTest
    @CsvSource({"0.3, -4", "1, 0", "2.5, 3"})
    void curvesRiseWithinTheirRange(double slope, double offset) {
        ConfidenceCurve curve = new ConfidenceCurve(slope, offset);
        double last = -1;
        for (int i = 0; i <= 1000; i++) {
            double here = curve.apply(i / 1000.0);
            assertThat(here).isBetween(0.0, 1.0).isGreaterThan(last);
            last = here;
        }
    }

    @Test
    void theNeutralCurveLeavesConfidencesToAMillionth() {
        ConfidenceCurve neutral = new ConfidenceCurve(1, 0);
        for (double raw : new double[] {0, 1e-9, 0.2, 0.999, 1}) {
            assertThat(neutral.apply(raw)).isCloseTo(raw, within(1.1e-6));
        }
    }

    @Test
    void refusesWhatIsNoConfidenceAndNoCurve() {
        assertThatThrownBy(() -> ConfidenceCurve.logOdds(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConfidenceCurve.logOdds(1.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConfidenceCurve(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConfidenceCurve(1, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        ConfidenceCalibration written = new ConfidenceCalibration(
                "made by hand",
                Map.of(
                        "vqa", Map.of(AnswerPart.ANSWER, new ConfidenceCurve(0.5, -0.25)),
                        "detection",
                                Map.of(
                                        AnswerPart.BOX, new ConfidenceCurve(1.25, 0.125),
                                        AnswerPart.PHRASE, new ConfidenceCurve(2, 0))));
        Path file = Files.writeString(folder.resolve(ConfidenceCalibration.FILE_NAME), written.toJson());

        assertThat(ConfidenceCalibration.read(file)).isEqualTo(written);
        assertThat(ConfidenceCalibration.ofFolder(folder)).isEqualTo(written);
        assertThat(written.calibrated("vqa", AnswerPart.ANSWER, 0.9))
                .isEqualTo(new ConfidenceCurve(0.5, -0.25).apply(0.9));
    }

    @Test
    void whatHasNoCurveStaysRaw() {
        assertThat(ConfidenceCalibration.ofFolder(folder)).isEqualTo(ConfidenceCalibration.NONE);
        assertThat(ConfidenceCalibration.NONE.calibrated("vqa", AnswerPart.ANSWER, 0.123))
                .isEqualTo(0.123);
        ConfidenceCalibration boxes =
                new ConfidenceCalibration("", Map.of("refer", Map.of(AnswerPart.BOX, new ConfidenceCurve(1, 1))));
        assertThat(boxes.calibrated("refer", AnswerPart.ANSWER, 0.123)).isEqualTo(0.123);
        assertThat(boxes.calibrated("my-task", AnswerPart.BOX, 0.123)).isEqualTo(0.123);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"curves\": []}",
                "{\"curves\": {}, \"curve\": {}}",
                "{\"curves\": {\"vqa\": 3}}",
                "{\"curves\": {\"vqa\": {\"answers\": {\"slope\": 1, \"offset\": 0}}}}",
                "{\"curves\": {\"vqa\": {\"answer\": {\"slope\": 1}}}}",
                "{\"curves\": {\"vqa\": {\"answer\": {\"slope\": 0, \"offset\": 0}}}}",
                "{\"curves\": {\"vqa\": {\"answer\": {\"slope\": 1, \"offset\": 1e999}}}}",
                "{\"curves\": {\"vqa\": {\"answer\": {\"slope\": 1, \"offset\": 0, \"bias\": 0}}}}"
            })
    void refusesFilesByName(String text) throws IOException {
        Path file = Files.writeString(folder.resolve(ConfidenceCalibration.FILE_NAME), text);
        assertThatThrownBy(() -> ConfidenceCalibration.ofFolder(folder))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining(file.toString());
    }
}
