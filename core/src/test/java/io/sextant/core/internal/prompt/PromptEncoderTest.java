package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.box.BinBox;
import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromptEncoderTest {
    private LlamaTokenizer tokenizer;
    private PromptEncoder encoder;

    @BeforeAll
    void openTokenizer(@TempDir Path folder) {
        tokenizer = SmallTokenizers.open(folder);
        encoder = new PromptEncoder(tokenizer);
    }

    @Test
    void beginsWithTwoBosAsTheReferenceOrOneAsItsTraining() {
        List<Turn> turns = List.of(Turn.open(List.of(PromptSegment.userText("why ?"))));
        int[] twice = onlyTokens(encoder.encode(turns, 0, ConversationForm.TRAINING));
        PromptEncoder single = new PromptEncoder(tokenizer, new PromptStyle(false, 1), Set.of());
        int[] once = onlyTokens(single.encode(turns, 0, ConversationForm.TRAINING));
        assertThat(twice).startsWith(tokenizer.bos(), tokenizer.bos()).hasSize(once.length + 1);
        assertThat(once).startsWith(tokenizer.bos()).isEqualTo(tokenizer.encode("<s>[INST] why ? [/INST]"));
    }

    @Test
    void textOnlyRequestsHaveNoImageTags() {
        EncodedPrompt prompt = encode(0, PromptSegment.userText("tell me a story"));
        assertThat(prompt.text()).isEqualTo("<s>[INST] tell me a story [/INST]");
        assertThat(prompt.imageCount()).isZero();
    }

    @Test
    void imagesWithoutAPlaceComeFirst() {
        EncodedPrompt prompt = encode(2, PromptSegment.taskIdentifier("caption"), PromptSegment.literal("both"));
        assertThat(prompt.text())
                .isEqualTo("<s>[INST] <Img><ImageHere></Img> <Img><ImageHere></Img> [caption] both [/INST]");
        assertThat(prompt.parts())
                .filteredOn(PromptPart.ImagePlace.class::isInstance)
                .containsExactly(new PromptPart.ImagePlace(0), new PromptPart.ImagePlace(1));
    }

    @Test
    void imagesWithAPlaceGetOneBlankOnEachSideWhereItIsMissing() {
        EncodedPrompt prompt = encode(
                2,
                PromptSegment.literal("compare "),
                PromptSegment.image(),
                PromptSegment.literal(" with"),
                PromptSegment.image(),
                PromptSegment.userText("please"));
        assertThat(prompt.text())
                .isEqualTo("<s>[INST] compare <Img><ImageHere></Img> with <Img><ImageHere></Img> please [/INST]");
    }

    @Test
    void imagesMayStandInLaterTurns() {
        List<Turn> turns = List.of(
                Turn.answered(List.of(PromptSegment.image(), PromptSegment.userText("what is it ?")), "a cup"),
                Turn.open(List.of(PromptSegment.image(), PromptSegment.userText("and this ?"))));
        EncodedPrompt prompt = encoder.encode(turns, 2, ConversationForm.TRAINING);
        assertThat(prompt.text())
                .isEqualTo("<s>[INST] <Img><ImageHere></Img> what is it ? [/INST]a cup</s>"
                        + "<s>[INST] <Img><ImageHere></Img> and this ? [/INST]");
    }

    @Test
    void eachPieceOfTheTrainingFormIsEncodedAlone() {
        List<Turn> turns = List.of(
                Turn.answered(List.of(PromptSegment.userText("what is it ?")), "a cup"),
                Turn.open(List.of(PromptSegment.userText("where ?"))));
        int[] ids = onlyTokens(new PromptEncoder(tokenizer, new PromptStyle(false, 1), Set.of())
                .encode(turns, 0, ConversationForm.TRAINING));
        assertThat(ids)
                .isEqualTo(concat(
                        tokenizer.encode("<s>[INST] what is it ? [/INST]"),
                        tokenizer.encode("a cup</s>"),
                        tokenizer.encode("<s>[INST] where ? [/INST]")));
    }

    @Test
    void anIdentifierHasOneBlankBehindItUnlessItIsTheLastWord() {
        assertThat(encode(0, PromptSegment.taskIdentifier("vqa"), PromptSegment.userText("why ?"))
                        .text())
                .isEqualTo("<s>[INST] [vqa] why ? [/INST]");
        assertThat(encode(0, PromptSegment.taskIdentifier("caption")).text()).isEqualTo("<s>[INST] [caption] [/INST]");
        assertThat(encode(0, PromptSegment.taskIdentifier("refer"), PromptSegment.userText(""))
                        .text())
                .isEqualTo("<s>[INST] [refer] [/INST]");
    }

    @Test
    void boxesAreWrittenAsTheModelWritesThem() {
        EncodedPrompt prompt = encode(
                0,
                PromptSegment.taskIdentifier("identify"),
                PromptSegment.literal("what is this "),
                PromptSegment.box(new BinBox(4, 50, 30, 65)));
        assertThat(prompt.text()).isEqualTo("<s>[INST] [identify] what is this {<4><50><30><65>} [/INST]");
    }

    @Test
    void refusesPlacesThatDoNotMatchTheImages() {
        assertThatThrownBy(() -> encode(2, PromptSegment.image(), PromptSegment.literal("x")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("1 places")
                .hasMessageContaining("request has 2");
        assertThatThrownBy(() -> encode(0, PromptSegment.image()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("request has 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<s>", "a</s>", "<unk> b", "<Img><ImageHere></Img>"})
    void refusesLiteralsThatHoldWhatOnlyTheFormMayWrite(String literal) {
        assertThatThrownBy(() -> encode(1, PromptSegment.literal(literal)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("literal");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void refusesOtherNumbersOfBlanks(int blanks) {
        assertThatThrownBy(() -> new PromptStyle(true, blanks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(blanks));
    }

    private EncodedPrompt encode(int images, PromptSegment... question) {
        return encoder.encode(List.of(Turn.open(List.of(question))), images, ConversationForm.TRAINING);
    }

    private static int[] onlyTokens(EncodedPrompt prompt) {
        assertThat(prompt.parts()).singleElement().isInstanceOf(PromptPart.Tokens.class);
        return ((PromptPart.Tokens) prompt.parts().get(0)).ids();
    }

    private static int[] concat(int[]... rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }
}
