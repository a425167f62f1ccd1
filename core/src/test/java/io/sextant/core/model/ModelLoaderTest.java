package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatIsLoadedAndWhatItIsDoing() {
        Path folder = directory.resolve("tiny");
        RandomModel.write(folder, RandomModelSize.tiny(), 1);
        List<String> steps = new ArrayList<>();
        try (VisionLanguageModel model = ModelLoader.load(ModelSettings.of(folder), steps::add)) {
            assertThat(model.info().name()).isEqualTo("tiny");
            assertThat(model.info().fingerprint()).matches("[0-9a-f]{64}");
            assertThat(model.info().device()).isEqualTo("cpu");
            assertThat(model.info().precision()).isEqualTo("float32");
            assertThat(model.info().imageSize()).isEqualTo(56);
            assertThat(model.info().visualTokens()).isEqualTo(4);
        }
        assertThat(steps).hasSize(3);
    }

    @Test
    void refusesATokenizerThatKnowsMoreThanTheDecoder() throws IOException {
        Path folder = directory.resolve("tiny");
        RandomModel.write(folder, RandomModelSize.tiny(), 1);
        try (var files = Files.walk(folder)) {
            Path tokenizer = files.filter(file -> file.endsWith("tokenizer.json"))
                    .findFirst()
                    .orElseThrow();
            int size = RandomModelSize.smallestVocabulary();
            String text = Files.readString(tokenizer);
            int place = text.indexOf("\"vocab\"");
            int open = text.indexOf('{', place);
            Files.writeString(
                    tokenizer,
                    text.substring(0, open + 1) + "\"one too many\": " + size + "," + text.substring(open + 1));
        }
        assertThatThrownBy(() -> ModelLoader.load(ModelSettings.of(folder)))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("vocabulary")
                .hasMessageContaining("tiny");
    }

    @Test
    void refusesADeviceThatIsNotThere() {
        Path folder = directory.resolve("tiny");
        RandomModel.write(folder, RandomModelSize.tiny(), 1);
        assertThatThrownBy(() -> ModelLoader.load(
                        ModelSettings.builder(folder).device("cuda:7").build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("sextant.model.device=cuda:7");
    }

    @Test
    void refusesAFolderThatHoldsNoModel() {
        assertThatThrownBy(() -> ModelLoader.load(ModelSettings.of(directory)))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("sextant.json");
    }
}
