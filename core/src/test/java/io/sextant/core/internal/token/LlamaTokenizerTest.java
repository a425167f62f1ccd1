package io.sextant.core.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LlamaTokenizerTest {
    private static final String[] WORDS = {
        "the cup",
        "<s>",
        "</s>",
        "[INST]",
        "><",
        ">{",
        "  ",
        "\n",
        "\t",
        "é",
        "日本",
        "\uD83D\uDE00",
        "$",
        "0",
        "42",
        "<0x0A>",
        "\u0000"
    };

    private LlamaTokenizer tokenizer;

    @BeforeAll
    void openTokenizer(@TempDir Path folder) {
        tokenizer = SmallTokenizers.open(folder);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void decodingPlainTextGivesItBack(long seed) {
        String text = randomText(seed);
        int[] ids = tokenizer.encodePlain(text);
        assertThat(tokenizer.decode(ids, true)).isEqualTo(text);
        assertThat(ids).doesNotContain(tokenizer.bos(), tokenizer.eos(), tokenizer.unk());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void spansSplitTheTextInOrder(long seed) {
        int[] ids = new Random(seed).ints(30, 0, tokenizer.vocabularySize()).toArray();
        DecodedText decoded = tokenizer.decodeWithSpans(ids, true);
        int end = 0;
        for (int i = 0; i < ids.length; i++) {
            assertThat(decoded.starts()[i]).isBetween(0, end);
            assertThat(decoded.ends()[i]).isGreaterThanOrEqualTo(decoded.starts()[i]);
            end = Math.max(end, decoded.ends()[i]);
        }
        assertThat(end).isEqualTo(decoded.text().length());
    }

    @Test
    void specialTokensCutTheTextAndEveryPieceGetsABlank() {
        assertThat(tokenizer.encode("a<s>cup</s>"))
                .containsExactly(id("▁a"), tokenizer.bos(), id("▁cup"), tokenizer.eos());
        assertThat(tokenizer.encode("<s><unk>")).containsExactly(tokenizer.bos(), tokenizer.unk());
        assertThat(tokenizer.encode("")).isEmpty();
    }

    @Test
    void plainTextHasNothingSpecial() {
        assertThat(tokenizer.encodePlain("<s>")).containsExactly(id("▁<"), id("s"), id(">"));
        assertThat(tokenizer.encodePlain("<0x0A>")).doesNotContain(id("<0x0A>"));
    }

    @Test
    void halfACharacterIsEncodedAsTheReplacementCharacter() {
        assertThat(tokenizer.encodePlain("a\uD83D")).isEqualTo(tokenizer.encodePlain("a\uFFFD"));
        assertThat(tokenizer.encode("\uDE00<s>\uD83D")).isEqualTo(tokenizer.encode("\uFFFD<s>\uFFFD"));
    }

    @Test
    void bytesThatAreNoCharacterAreReplacedOneByOne() {
        // Overlong slash, surrogate half, beyond the last code point: none of them is UTF-8.
        assertThat(decodeBytes(0xC0, 0xAF)).isEqualTo("\uFFFD".repeat(2));
        assertThat(decodeBytes(0xED, 0xA0, 0x80)).isEqualTo("\uFFFD".repeat(3));
        assertThat(decodeBytes(0xF5, 0x80, 0x80, 0x80)).isEqualTo("\uFFFD".repeat(4));
        assertThat(decodeBytes(0xE6, 0x97, 0x41)).isEqualTo("\uFFFD\uFFFDA");
        assertThat(decodeBytes(0xE6, 0x97, 0xA5)).isEqualTo("日");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "ab ", "\u0000", "\uD83D\uDE00", "><"})
    void longTextsAreEncodedToTheEnd(String repeated) {
        String text = repeated.repeat(100_000 / repeated.length());
        assertThat(tokenizer.decode(tokenizer.encodePlain(text), true)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesIdsThatAreNone(int id) {
        assertThatThrownBy(() -> tokenizer.decode(new int[] {id}, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(id));
        assertThatThrownBy(() -> tokenizer.piece(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodesEveryIdAlone() {
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            int one = id;
            assertThatCode(() -> tokenizer.decode(new int[] {one}, false)).doesNotThrowAnyException();
        }
    }

    @Test
    void padIsThePieceOfTwoDollarsThatOrdinaryTextDoesNotBeginWith() {
        assertThat(tokenizer.piece(tokenizer.pad())).isEqualTo("$$");
        assertThat(tokenizer.encodePlain("$$")).containsExactly(id("▁$$"));
        assertThat(tokenizer.decode(new int[] {id("▁a"), tokenizer.pad()}, true))
                .isEqualTo("a");
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static String randomText(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < seed % 12; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    private String decodeBytes(int... bytes) {
        int[] ids = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ids[i] = id(String.format("<0x%02X>", bytes[i]));
        }
        return tokenizer.decode(ids, true);
    }

    private int id(String piece) {
        return tokenizer.idOf(piece).orElseThrow();
    }
}
