package io.sextant.training.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageFileTest {
    private static final String WHOLE = """
            {"name": "s", "objective": "answers", "trains": ["projection", "adapter"], "seed": 1, "steps": 100, "batch": 2,
             "rate": {"peak": 1e-4, "warmUpSteps": 10}, "adamw": {}, "scenes": {},
             "mix": [{"data": "world/refer", "ratio": 2, "weak": true}], "measure": {"everySteps": 5, "scenes": 4}}
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "encoder",
                "encoder-deep",
                "encoder-fine",
                "encoder-long",
                "words",
                "stage1",
                "stage1-adapter",
                "stage2",
                "stage3",
                "names",
                "many-objects",
                "all-objects",
                "encoder-larger",
                "encoder-blurred",
                "larger",
                "final",
                "ablation-with",
                "ablation-without"
            })
    void readsTheStagesThatComeAlong(String name) {
        assertThat(StageFile.read(name).name()).isEqualTo(name);
    }

    @Test
    void ablationsDifferInTheIdentifiersAlone() {
        Stage with = StageFile.read("ablation-with");
        Stage without = StageFile.read("ablation-without");
        assertThat(with.taskIdentifiers()).isTrue();
        assertThat(without.taskIdentifiers()).isFalse();
        assertThat(without)
                .usingRecursiveComparison()
                .ignoringFields("name", "digest", "taskIdentifiers")
                .isEqualTo(with);
    }

    @Test
    void readsEveryField() throws IOException {
        Stage stage = StageFile.read(write(WHOLE));
        assertThat(stage.trains()).containsExactlyInAnyOrder(Part.PROJECTION, Part.ADAPTER);
        assertThat(stage.mix()).containsExactly(new DataShare("world/refer", 2, true, 1));
        assertThat(stage.rate().at(5)).isEqualTo(5e-5);
        assertThat(stage.optimiser().weightDecay()).isEqualTo(0.05);
        assertThat(stage.samplesPerStep()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"steps\": 100 | \"stepps\": 100 | stepps",
                "\"steps\": 100 | \"steps\": 0 | steps",
                "\"steps\": 100 | \"steps\": 1.5 | whole number",
                "\"answers\" | \"guesses\" | patches, words, answers",
                "\"adapter\" | \"everything\" | encoder, patch-head",
                "\"adapter\" | \"patch-head\" | answers cannot train patch-head; it reaches encoder, projection, adapter, decoder",
                "\"answers\" | \"words\" | words cannot train projection",
                "\"ratio\": 2 | \"ratio\": 0 | ratio",
                "\"ratio\": 2 | \"ratio\": 1e999 | \"ratio\" must be a finite number, was 1e999",
                "\"steps\": 100 | \"steps\": 1e300 | \"steps\" must be a whole number",
                "\"batch\": 2 | \"batch\": 4294967298 | \"batch\" must be a whole number of at most 2147483647, was 4294967298",
                "\"everySteps\": 5 | \"everySteps\": 1e10 | \"everySteps\" must be a whole number of at most 2147483647",
                "\"seed\": 1 | \"seed\": 2097152 | seed must be in 0..2097151, was 2097152",
                "\"seed\": 1 | \"seed\": -1 | seed must be in 0..2097151, was -1",
                "\"projection\", \"adapter\" | null | \"trains\" must be a list of texts, was [null]",
                "\"projection\", \"adapter\" | {} | \"trains\" must be a list of texts, was [{}]",
                "\"mix\": [{ | \"mix\": [3, { | \"mix\" must be a list of objects",
                "\"name\": \"s\" | \"name\": 5 | \"name\" must be text, was 5",
                "\"peak\": 1e-4 | \"peak\": -1e-4 | peak",
                "\"peak\": 1e-4 | \"peak\": 1e-4, \"lowest\": -1 | lowest",
                "\"peak\": 1e-4 | \"peak\": 1e-4, \"epochs\": 0 | epochs must be at least 1 and divide the 100 steps, was 0",
                "\"peak\": 1e-4 | \"peak\": 1e-4, \"epochs\": 3 | epochs must be at least 1 and divide the 100 steps, was 3",
                "\"scenes\": {} | \"scenes\": {\"missingChance\": 1.5} | missingChance",
                "\"scenes\": {} | \"scenes\": {\"wrongChance\": -0.1} | wrongChance",
                "\"scenes\": {} | \"scenes\": {\"trueSizeShare\": 2} | trueSizeShare",
                "\"scenes\": {} | \"scenes\": {\"boxNoise\": -1} | boxNoise",
                "\"scenes\": {} | \"scenes\": {\"maxObjects\": 11} | maxObjects must be at most 10",
                "\"peak\": 1e-4 | \"peek\": 1e-4 | peek",
                "\"name\": \"s\" | \"name\": \"S 1\" | lower-case"
            })
    void namesWhatIsWrong(String good, String bad, String said) throws IOException {
        assertThat(WHOLE).contains(good);
        String file = write(WHOLE.replace(good, bad));
        assertThatThrownBy(() -> StageFile.read(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(said);
    }

    @Test
    void saysWhereToLookForAStageThatIsNotThere() {
        assertThatThrownBy(() -> StageFile.read("stage9"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("docs/training.md");
    }

    private String write(String text) throws IOException {
        return Files.writeString(directory.resolve("stage.json"), text).toString();
    }
}
