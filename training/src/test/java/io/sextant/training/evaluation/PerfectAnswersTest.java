package io.sextant.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.SceneQuestions;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.SyntheticRenders;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A law between the language and the scorer: what a perfect model writes scores as perfect. */
class PerfectAnswersTest {
    private static final Nouns NOUNS = Nouns.load();
    private static final SceneGenerator GENERATOR =
            new SceneGenerator(SceneSettings.of(NOUNS), SyntheticRenders.of(NOUNS));

    @ParameterizedTest(name = "{0}")
    @EnumSource(Task.class)
    void perfectAnswersScorePerfectly(Task task) {
        SceneQuestions questions = new SceneQuestions(NOUNS);
        Scorer scorer = new Scorer(new NounWords(NOUNS, List.of()));
        SplittableRandom random = new SplittableRandom(3);
        for (int seed = 0; seed < 150; seed++) {
            Scene scene = GENERATOR.generate(seed);
            Optional<Question> question = questions.ask(task, scene, random);
            question.ifPresent(
                    asked -> assertThat(scorer.score(asked.truth(), asked.answer(), scene.width(), scene.height())
                                    .isPerfect())
                            .as("%s of %s", asked, scene)
                            .isTrue());
        }
    }
}
