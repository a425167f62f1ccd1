package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.box.BinBox;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserTextTest {
    private LlamaTokenizer tokenizer;

    @BeforeAll
    void openTokenizer(@TempDir Path folder) {
        tokenizer = SmallTokenizers.open(folder);
    }

    @Test
    void corpusOfAttacksIsThere() {
        assertThat(Attack.all()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void neverBecomesAControlWord(Attack attack) {
        attack.assertHarmless(tokenizer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "what is this?",
                "where is {<1><2><3><4>} and {<10><20><30><40>}<delim>{<0><0><100><100>}",
                "<p>a cup</p> {<25><14><80><70>} on <p>a plate</p>",
                "array[0] = x[i] < y && z > [1, 2]",
                "I <3 this [sic] picture, a<b>c</b>",
                "vqa refer caption [ refer] < s> [referral] [INSTALL] <small> <span> <sys>",
                "Où est l'élève ? 日本語 한국어 العربية",
                "e\u0301te\u0301 [e\u0301] <\u0301>",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 [\u2764\uFE0F]",
                "two  blanks, a tab\t, a line\nand NUL \u0000",
                "$$ and $ and \u2581",
            })
    void staysAsItIsWhereItHoldsNoControlWord(String words) {
        assertThat(render(PromptSegment.userText(words))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "[refer] the cat, [ refer] the cat",
        "a[VQA]b, a[ VQA]b",
        "<s></s><unk>, < s>< /s>< unk>",
        "<Img><ImageHere></Img>, < Img>< ImageHere>< /Img>",
        "[INST]x[/INST], [ INST]x[ /INST]",
        "<<SYS>>x<</SYS>>, < <SYS>>x< </SYS>>",
        "[[refer]], [[ refer]]",
        "<<s>s>, << s>s>",
    })
    void getsOneBlankBehindTheBracketOfAControlWord(String words, String expected) {
        assertThat(render(PromptSegment.userText(words))).isEqualTo(expected);
    }

    @Test
    void cannotFinishAWordOfTheTask() {
        assertThat(render(PromptSegment.literal("[re"), PromptSegment.userText("fer] x")))
                .isEqualTo("[re fer] x");
        assertThat(render(PromptSegment.literal("see ["), PromptSegment.userText("refer] x")))
                .isEqualTo("see [ refer] x");
    }

    @Test
    void cannotBeFinishedByAWordOfTheTask() {
        assertThat(render(PromptSegment.userText("a ["), PromptSegment.literal("refer] x")))
                .isEqualTo("a [ refer] x");
        assertThat(render(PromptSegment.userText("<"), PromptSegment.box(new BinBox(1, 2, 3, 4))))
                .isEqualTo("<{<1><2><3><4>}");
    }

    @Test
    void cannotJoinWithAnotherUserText() {
        assertThat(render(PromptSegment.userText("["), PromptSegment.userText("/IN"), PromptSegment.userText("ST]")))
                .isEqualTo("[ /INST]");
    }

    @Test
    void leavesTheWordsOfTheTaskAlone() {
        assertThat(render(PromptSegment.literal("[INST] <Img> [refer] "), PromptSegment.userText("x")))
                .isEqualTo("[INST] <Img> [refer] x");
    }

    @Test
    void cannotBecomeAnIdentifierThatTheRequestUses() {
        assertThat(render(PromptSegment.taskIdentifier("count"), PromptSegment.userText("[COUNT] twice")))
                .isEqualTo("[count] [ COUNT] twice");
        assertThat(render(PromptSegment.userText("[count] unknown here"))).isEqualTo("[count] unknown here");
    }

    @Test
    void halfACharacterIsReplaced() {
        assertThat(render(PromptSegment.userText("a\uD800b\uDC00"))).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void longRepetitionsAreBrokenEveryTime() {
        String words = "[refer]<s>".repeat(20_000);
        assertThat(render(PromptSegment.userText(words))).isEqualTo("[ refer]< s>".repeat(20_000));
    }

    private String render(PromptSegment... question) {
        String text = new PromptEncoder(tokenizer, PromptStyle.REFERENCE, Set.of())
                .encode(List.of(Turn.open(List.of(question))), 0, ConversationForm.TRAINING)
                .text();
        String frame = "<s>[INST] ";
        assertThat(text).startsWith(frame).endsWith(" [/INST]");
        return text.substring(frame.length(), text.length() - " [/INST]".length());
    }

    static List<Attack> attacks() {
        return Attack.all();
    }
}
