package io.sextant.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.training.run.RunModel;
import io.sextant.training.run.TinyRuns;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenRow;
import io.sextant.training.world.World;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NounLabelsTest {
    @TempDir
    private Path directory;

    private final Nouns nouns = Nouns.load();
    private RunModel model;
    private NounLabels labels;
    private World world;

    @BeforeEach
    void open() {
        model = TinyRuns.model(directory);
        world = TinyRuns.world();
        labels = new NounLabels(nouns, model.tokenizer(), model.dimensions().vision());
    }

    @Test
    void everyFormOfANounInAPromptHasOneLabel() {
        List<String> said = labelled("how many Carrots are left of the car, and where is the carrot?");
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).isEqualTo(said.get(2)).isNotEqualTo(said.get(1));
        assertThat(labelled("Ice creams and the ice cream"))
                .hasSize(2)
                .satisfies(two -> assertThat(two.get(0)).isEqualTo(two.get(1)));
        assertThat(labelled("what is on the left?")).isEmpty();
    }

    @Test
    void labelsAreUnlikeForMostNouns() {
        assertThat(nouns.list().stream()
                        .map(noun -> labelled(noun.name()).get(0))
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(nouns.list().size() - 4L);
    }

    @Test
    void visualTokensSayWhatTheyShow() {
        Scene scene = world.generator(SceneSettings.of(world.nouns())).generate(5);
        int side = model.dimensions().vision().imageSize();
        Painting image = world.painter().paint(scene, side, side);
        TokenRow row = row("what is on the left?");
        int[] names = labels.of(row, scene, image);
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (row.ids()[i] == TokenRow.IMAGE && names[i] != TokenRow.NO_LABEL) {
                shown.add(model.tokenizer().piece(names[i]));
            }
        }
        List<String> there =
                scene.nouns().stream().map(noun -> labelled(noun.name()).get(0)).toList();
        assertThat(shown).isNotEmpty().allSatisfy(piece -> assertThat(there).contains(piece));
    }

    /** The labels of a prompt's words, as pieces. */
    private List<String> labelled(String prompt) {
        TokenRow row = row(prompt);
        Scene scene = world.generator(SceneSettings.of(world.nouns())).generate(5);
        int side = model.dimensions().vision().imageSize();
        int[] names = labels.of(row, scene, world.painter().paint(scene, side, side));
        LlamaTokenizer tokenizer = model.tokenizer();
        List<String> said = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (row.ids()[i] != TokenRow.IMAGE && names[i] != TokenRow.NO_LABEL) {
                said.add(tokenizer.piece(names[i]));
            }
        }
        return said;
    }

    private TokenRow row(String prompt) {
        RowEncoder encoder = new RowEncoder(
                model.tokenizer(),
                PromptStyle.REFERENCE,
                model.dimensions().vision().visualTokens());
        return encoder.row(new Dialogue(List.of(Turn.answered(List.of(PromptSegment.userText(prompt)), "yes"))), true);
    }
}
