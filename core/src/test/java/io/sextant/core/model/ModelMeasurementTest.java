package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMeasurementTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"FLOAT32, float32", "INT4, int4"})
    void measuresEveryPartOfAnAnswer(Precision precision, String name) {
        RandomModel.write(folder, RandomModelSize.tiny(), 7);
        List<String> steps = new ArrayList<>();
        ModelMeasurement measured = ModelMeasurement.of(
                ModelSettings.builder(folder).device("cpu").precision(precision).build(), steps::add);

        assertThat(measured.precision()).startsWith(name);
        assertThat(measured.device()).isEqualTo("cpu");
        assertThat(List.of(measured.load(), measured.image(), measured.prompt(), measured.token()))
                .allSatisfy(each -> assertThat(each).isPositive());
        assertThat(measured.promptPositions())
                .as("an image and words")
                .isGreaterThan(RandomModelSize.tiny().dimensions().vision().visualTokens());
        assertThat(measured.promptRate()).isPositive();
        assertThat(measured.tokenRate()).isPositive();
        assertThat(steps).contains("measuring");
    }

    @Test
    void tellsWhyAModelCannotBeLoaded() {
        assertThatThrownBy(() -> ModelMeasurement.of(ModelSettings.of(folder.resolve("none")), step -> {}))
                .isInstanceOf(ModelFilesException.class);
    }
}
