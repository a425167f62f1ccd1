package io.sextant.core.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallTokenizerTest {
    @TempDir
    private Path folder;

    @Test
    void hasAsManyIdsAsItSays() {
        assertThat(SmallTokenizers.open(folder).vocabularySize()).isEqualTo(SmallTokenizer.vocabularySize());
    }

    @Test
    void writesTheSameFilesEveryTime() throws IOException {
        Path again = Files.createDirectories(folder.resolve("again"));
        SmallTokenizer.write(folder);
        SmallTokenizer.write(again);
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
            assertThat(again.resolve(name)).hasSameTextualContentAs(folder.resolve(name));
        }
    }

    @Test
    void everyWordIsOnePiece() {
        LlamaTokenizer tokenizer = SmallTokenizers.open(folder);
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            String piece = tokenizer.piece(id);
            boolean isWord = piece.length() > 1 && piece.charAt(0) == '▁' && piece.charAt(1) != '▁';
            if (isWord) {
                assertThat(tokenizer.encodePlain(piece.substring(1))).as(piece).containsExactly(id);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'[INST] <Img>', '▁[ INST ] ▁< Img >'",
        "'</Img> [refer] the red cup [/INST]', '▁</ Img > ▁[ refer ] ▁the ▁red ▁cup ▁[/ INST ]'",
        "'{<10><20><3><100>}', '▁{ < 1 0 >< 2 0 >< 3 >< 1 0 0 > }'",
        "'<p>a cup</p> {<1><2><3><4>}<delim>{<5>', '▁< p > a ▁cup </ p > ▁{ < 1 >< 2 >< 3 >< 4 > } < delim >{ < 5 >'",
        "'please describe this image', '▁please ▁describe ▁this ▁image'",
        "'é', '▁ <0xC3> <0xA9>'",
    })
    void splitsOurPromptsSensibly(String text, String pieces) {
        LlamaTokenizer tokenizer = SmallTokenizers.open(folder);
        String actual = Arrays.stream(tokenizer.encodePlain(text))
                .mapToObj(tokenizer::piece)
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
        assertThat(actual).isEqualTo(pieces);
    }
}
