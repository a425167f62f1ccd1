package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GeneratedToken;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswerTextTest {
    private LlamaTokenizer tokenizer;

    @BeforeAll
    void openTokenizer(@TempDir Path folder) {
        tokenizer = SmallTokenizers.open(folder);
    }

    @Test
    void eachTokenSpansItsCharacters() {
        AnswerText answer = of(ids("▁a", "▁cup", "▁on", "</s>"));
        assertThat(answer.text()).isEqualTo("a cup on");
        assertThat(spans(answer)).containsExactly("a", " cup", " on", "");
        assertThat(answer.tokens().get(3).start()).isEqualTo(8);
    }

    @Test
    void keepsIdsAndProbabilities() {
        int[] ids = ids("▁yes", "</s>");
        AnswerText answer = AnswerText.of(tokenizer, ids, new double[] {0.75, 0.5});
        assertThat(answer.tokens())
                .containsExactly(new GeneratedToken(ids[0], 0, 3, 0.75), new GeneratedToken(ids[1], 3, 3, 0.5));
    }

    @Test
    void everyByteOfACharacterSpansTheWholeCharacter() {
        byte[] utf8 = "\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
        int[] smile = IntStream.range(0, utf8.length)
                .map(i -> id(String.format("<0x%02X>", utf8[i] & 0xFF)))
                .toArray();
        AnswerText answer = of(concat(ids("▁a", "▁"), smile, ids("▁cup")));
        assertThat(answer.text()).isEqualTo("a \uD83D\uDE00 cup");
        assertThat(spans(answer))
                .containsExactly("a", " ", "\uD83D\uDE00", "\uD83D\uDE00", "\uD83D\uDE00", "\uD83D\uDE00", " cup");
    }

    @Test
    void strayBytesSpanOneReplacementEach() {
        AnswerText answer = of(ids("<0xF0>", "<0x9F>", "▁a"));
        assertThat(answer.text()).isEqualTo("\uFFFD\uFFFD a");
        assertThat(spans(answer)).containsExactly("\uFFFD", "\uFFFD", " a");
    }

    @Test
    void blanksAtBothEndsBelongToNoToken() {
        AnswerText answer = of(ids("▁", "▁▁", "▁cup", "▁", "<0x0A>", "</s>"));
        assertThat(answer.text()).isEqualTo("cup");
        assertThat(spans(answer)).containsExactly("", "", "cup", "", "", "");
        assertThat(answer.tokens()).extracting(GeneratedToken::start).containsExactly(0, 0, 0, 3, 3, 3);
    }

    @Test
    void cutsAtAnEndWrittenInLetters() {
        AnswerText answer = of(ids("▁cup", "<", "/", "s", ">", "▁on"));
        assertThat(answer.text()).isEqualTo("cup");
        assertThat(spans(answer)).containsExactly("cup", "", "", "", "", "");
        assertThat(answer.tokens()).extracting(GeneratedToken::end).containsOnly(3);
    }

    @Test
    void deletesABeginWrittenInLetters() {
        AnswerText answer = of(ids("▁cup", "<", "s", ">", "▁on"));
        assertThat(answer.text()).isEqualTo("cup on");
        assertThat(spans(answer)).containsExactly("cup", "", "", "", " on");
    }

    @Test
    void keepsWhatFollowsTheLastCloseOfAQuestion() {
        AnswerText answer = of(ids("▁a", "▁[/", "INST", "]", "▁b", "▁[/", "INST", "]", "▁cup"));
        assertThat(answer.text()).isEqualTo("cup");
        assertThat(answer.tokens().get(8))
                .extracting(GeneratedToken::start, GeneratedToken::end)
                .containsExactly(0, 3);
    }

    @Test
    void anAnswerMayBeEmpty() {
        assertThat(of(ids("</s>")).text()).isEmpty();
        assertThat(of(new int[0]).tokens()).isEmpty();
    }

    @Test
    void refusesAProbabilityTooFew() {
        assertThatThrownBy(() -> AnswerText.of(tokenizer, ids("▁a", "▁b"), new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 ids");
    }

    private AnswerText of(int[] ids) {
        return AnswerText.of(tokenizer, ids, new double[ids.length]);
    }

    private int[] ids(String... pieces) {
        return Arrays.stream(pieces).mapToInt(this::id).toArray();
    }

    private int id(String piece) {
        return tokenizer.idOf(piece).orElseThrow();
    }

    private static List<String> spans(AnswerText answer) {
        return answer.tokens().stream()
                .map(token -> answer.text().substring(token.start(), token.end()))
                .toList();
    }

    private static int[] concat(int[]... rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }
}
