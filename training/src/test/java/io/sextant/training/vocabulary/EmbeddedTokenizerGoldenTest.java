package io.sextant.training.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.training.run.TinyRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedTokenizerGoldenTest {
    @TempDir
    private Path directory;

    @Test
    void cutsTheWorldsTextsAsTheWholeTokenizerDoes() {
        GoldenSet set = GoldenSet.open();
        Path whole = set.path("tokenizer-llama2");
        LlamaTokenizer llama = LlamaTokenizer.open(whole);
        LlamaTokenizer embedded = EmbeddedTokenizer.open(directory);
        assertThat(embedded.vocabularySize()).isLessThan(llama.vocabularySize() / 10);
        for (int id = 0; id < embedded.vocabularySize(); id++) {
            assertThat(llama.idOf(embedded.piece(id)))
                    .as("piece " + embedded.piece(id))
                    .isPresent();
        }
        List<String> texts = WorldTexts.collect(TinyRuns.world());
        Coverage coverage = new Coverage("embedded tokenizer", List.of("pieces"));
        for (String text : texts) {
            assertThat(pieces(embedded, text)).as(text).isEqualTo(pieces(llama, text));
        }
        coverage.compared("pieces");
        coverage.assertComplete();
    }

    @Test
    void isWhatTheToolMakesOfTheWholeTokenizer() throws Exception {
        GoldenSet set = GoldenSet.open();
        Path made = directory.resolve("made.json");
        SubsetTokenizer.of(set.path("tokenizer-llama2/tokenizer.json"))
                .write(WorldTexts.collect(TinyRuns.world()), made);
        EmbeddedTokenizer.write(directory);
        assertThat(Files.readString(directory.resolve(EmbeddedTokenizer.FILE_NAME)))
                .isEqualTo(Files.readString(made));
    }

    @Test
    void saysWhereItCannotBeWritten() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> EmbeddedTokenizer.write(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The tokenizer cannot be written to " + missing);
    }

    private static List<String> pieces(LlamaTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encodePlain(text))
                .mapToObj(tokenizer::piece)
                .toList();
    }
}
