package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContextFitTest {
    private static final int VISUAL_TOKENS = 16;
    private static final int ANSWER = 20;

    private PromptEncoder encoder;

    @BeforeAll
    void openTokenizer(@TempDir Path folder) {
        LlamaTokenizer tokenizer = SmallTokenizers.open(folder);
        encoder = new PromptEncoder(tokenizer);
    }

    @ParameterizedTest
    @EnumSource
    void keepsAConversationThatFitsToTheLastPosition(ConversationForm form) {
        List<Turn> turns = conversation(5);
        int length = encoder.encode(turns, 1, form).length(VISUAL_TOKENS);
        FittedPrompt fitted = fit(turns, 1, form, length + ANSWER);
        assertThat(fitted.droppedTurns()).isZero();
        assertThat(fitted.length()).isEqualTo(length);
        assertThat(fitted.maxNewTokens()).isEqualTo(ANSWER);
        assertThat(fitted.prompt().text())
                .isEqualTo(encoder.encode(turns, 1, form).text());
    }

    @ParameterizedTest
    @EnumSource
    void dropsNoMoreTurnsThanItMust(ConversationForm form) {
        List<Turn> turns = conversation(9);
        for (int dropped = 1; dropped < turns.size(); dropped++) {
            int length = encoder.encode(turns.subList(dropped, turns.size()), 1, form)
                    .length(VISUAL_TOKENS);
            FittedPrompt fitted = fit(turns, 1, form, length + ANSWER);
            assertThat(fitted.droppedTurns()).isEqualTo(dropped);
            assertThat(fitted.length()).isEqualTo(length);
        }
    }

    @Test
    void neverEncodesWhatIsTooLongByItsLengthAlone() {
        String endless = "word ".repeat(200_000);
        assertThatThrownBy(() -> fit(List.of(Turn.open(question(endless))), 1, ConversationForm.TRAINING, 400))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("The question takes at least \\d+ positions, but .* context has 400; shorten .*");
        List<Turn> turns = new ArrayList<>(conversation(3));
        turns.add(1, Turn.answered(question(endless), "yes"));
        assertThat(fit(turns, 1, ConversationForm.TRAINING, 400).droppedTurns()).isEqualTo(2);
        turns.set(1, Turn.answered(question("and?"), endless));
        assertThat(fit(turns, 1, ConversationForm.TRAINING, 400).droppedTurns()).isEqualTo(2);
    }

    @Test
    void movesTheImageToTheFirstTurnThatStays() {
        List<Turn> turns = conversation(3);
        int length = encoder.encode(turns.subList(2, 3), 1, ConversationForm.TRAINING)
                .length(VISUAL_TOKENS);
        FittedPrompt fitted = fit(turns, 1, ConversationForm.TRAINING, length + ANSWER);
        assertThat(fitted.prompt().text()).isEqualTo("<s>[INST] <Img><ImageHere></Img> what is number 3 ? [/INST]");
        assertThat(fitted.prompt().imageCount()).isEqualTo(1);
    }

    @Test
    void movesPlacedImagesInOrder() {
        PromptSegment image = PromptSegment.image();
        List<Turn> turns = List.of(
                Turn.answered(List.of(image, PromptSegment.literal("first")), "a ".repeat(40)),
                Turn.answered(List.of(PromptSegment.literal("second"), image), "b ".repeat(40)),
                Turn.open(List.of(PromptSegment.literal("compare with"), image)));
        FittedPrompt fitted = fit(turns, 3, ConversationForm.TRAINING, 120);
        assertThat(fitted.droppedTurns()).isEqualTo(2);
        assertThat(fitted.prompt().text())
                .isEqualTo("<s>[INST] <Img><ImageHere></Img> <Img><ImageHere></Img> compare with"
                        + " <Img><ImageHere></Img> [/INST]");
    }

    @Test
    void namesTheNumbersWhereTheLastQuestionAloneIsTooLong() {
        List<Turn> turns = List.of(Turn.answered(question("short"), "yes"), Turn.open(question("long ".repeat(100))));
        int text = encoder.encode(turns.subList(1, 2), 2, ConversationForm.TRAINING)
                .tokenCount();
        assertThatThrownBy(() -> fit(turns, 2, ConversationForm.TRAINING, 200))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("last question of 2 turns")
                .hasMessageContaining(String.valueOf(text + 2 * VISUAL_TOKENS))
                .hasMessageContaining("200")
                .hasMessageContaining("maxNewTokens");
    }

    @Test
    void aGenerousAnswerLimitTakesNoMoreThanAQuarterOfTheContext() {
        List<Turn> turns = conversation(2);
        int length = encoder.encode(turns, 1, ConversationForm.TRAINING).length(VISUAL_TOKENS);
        int contextLength = 2 * length;
        FittedPrompt fitted =
                new ContextFit(encoder, VISUAL_TOKENS, contextLength).fit(turns, 1, ConversationForm.TRAINING, 100_000);
        assertThat(fitted.droppedTurns()).isZero();
        assertThat(fitted.maxNewTokens()).isEqualTo(contextLength - length);
    }

    @Test
    void fitsTextWithoutImages() {
        FittedPrompt fitted = fit(conversation(2), 0, ConversationForm.TRAINING, 400);
        assertThat(fitted.prompt().imageCount()).isZero();
        assertThat(fitted.length()).isEqualTo(fitted.prompt().tokenCount());
    }

    @Test
    void refusesAContextWithoutPositions() {
        assertThatThrownBy(() -> new ContextFit(encoder, VISUAL_TOKENS, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    private FittedPrompt fit(List<Turn> turns, int images, ConversationForm form, int contextLength) {
        return new ContextFit(encoder, VISUAL_TOKENS, contextLength).fit(turns, images, form, ANSWER);
    }

    private static List<Turn> conversation(int rounds) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 1; i < rounds; i++) {
            turns.add(Turn.answered(question("what is number " + i + " ?"), "it is a cup on the table " + i));
        }
        turns.add(Turn.open(question("what is number " + rounds + " ?")));
        return turns;
    }

    private static List<PromptSegment> question(String words) {
        return List.of(PromptSegment.userText(words));
    }
}
