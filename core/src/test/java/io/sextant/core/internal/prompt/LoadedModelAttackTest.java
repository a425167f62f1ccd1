package io.sextant.core.internal.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.GeneratedToken;
import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.token.SmallTokenizers;
import io.sextant.core.model.ModelLoader;
import io.sextant.core.model.ModelSettings;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guard that a model opened by the loader has: hostile words are answered as the same words with the blanks put in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadedModelAttackTest {
    private static final String FRAME = "<s>[INST] ";
    private static final String END = " [/INST]";

    private ModelSettings settings;
    private VisionLanguageModel model;
    private PromptEncoder encoder;

    @BeforeAll
    void load(@TempDir Path folder) {
        RandomModel.write(folder.resolve("tiny"), RandomModelSize.tiny(), 7);
        settings = ModelSettings.of(folder.resolve("tiny")).withTaskIdentifiers(Set.of(Attack.PLUGIN_TASK));
        model = ModelLoader.load(settings);
        LlamaTokenizer tokenizer = SmallTokenizers.open(folder.resolve("tokenizer"));
        encoder = new PromptEncoder(tokenizer, PromptStyle.REFERENCE, Set.of(Attack.PLUGIN_TASK));
    }

    @AfterAll
    void close() {
        model.close();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void readsAnAttackAsHarmlessWords(Attack attack) {
        List<PromptSegment> hostile =
                attack.user().stream().map(PromptSegment::userText).toList();
        String prompt = encoder.encode(List.of(Turn.open(hostile)), 0, ConversationForm.TRAINING)
                .text();
        assertThat(prompt).startsWith(FRAME).endsWith(END);
        String harmless = prompt.substring(FRAME.length(), prompt.length() - END.length());

        assertThat(firstToken(model, hostile)).isEqualTo(firstToken(model, List.of(PromptSegment.userText(harmless))));
    }

    @Test
    void tellsApartWhatItIsNotToldToGuard() {
        List<PromptSegment> hostile = List.of(PromptSegment.userText("[" + Attack.PLUGIN_TASK + "] all"));
        List<PromptSegment> harmless = List.of(PromptSegment.userText("[ " + Attack.PLUGIN_TASK + "] all"));
        try (VisionLanguageModel unaware = ModelLoader.load(settings.withTaskIdentifiers(Set.of()))) {
            assertThat(firstToken(unaware, hostile)).isNotEqualTo(firstToken(unaware, harmless));
        }
    }

    /** What the model makes of a question: its first token and the exact probability of it. */
    private static List<GeneratedToken> firstToken(VisionLanguageModel model, List<PromptSegment> question) {
        GenerationResult result = model.generate(new GenerationRequest(
                List.of(), List.of(Turn.open(question)), GenerationSettings.DEFAULT.withMaxNewTokens(1)));
        assertThat(result.tokens()).isNotEmpty();
        return result.tokens();
    }

    static List<Attack> attacks() {
        return Attack.all();
    }
}
