package io.sextant.training.world.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.training.world.scene.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
    @Test
    void aNounThatIsThereOnceNeedsNoMore() {
        Scene scene = HandMadeScene.dogAndTwoApples();

        assertThat(expressions(scene, 1)).containsExactly("the dog", "the dog on the left", "the dog at the bottom");
    }

    @Test
    void twoOfANounAreToldApartByPlaceSizeAndNeighbour() {
        Scene scene = HandMadeScene.dogAndTwoApples();

        assertThat(expressions(scene, 0))
                .containsExactly("the apple on the left", "the apple at the bottom", "the big apple");
        assertThat(expressions(scene, 2))
                .containsExactly("the apple on the right", "the apple at the top", "the small apple");
    }

    @Test
    void aNeighbourTellsOnlyWhereTheOthersAreOnItsOtherSide() {
        Scene scene = new HandMadeScene()
                .with("apple", 20, 80, 60, 120)
                .with("dog", 180, 80, 220, 120)
                .with("apple", 320, 80, 360, 120)
                .scene();

        assertThat(expressions(scene, 0)).containsExactly("the apple on the left", "the apple left of the dog");
        assertThat(expressions(scene, 1)).containsExactly("the dog");
    }

    @Test
    void theMiddleOfThreeHasNoExpression() {
        Scene scene = new HandMadeScene()
                .with("apple", 20, 80, 60, 120)
                .with("apple", 180, 80, 220, 120)
                .with("apple", 320, 80, 360, 120)
                .scene();

        assertThat(expressions(scene, 1)).isEmpty();
    }

    @Test
    void whatIsNotClearIsNotSaid() {
        // Centres are apart by 36 of 400 pixels across and not at all down, areas by a factor of 1.32.
        Scene scene = new HandMadeScene()
                .with("apple", 180, 80, 220, 120)
                .with("apple", 213, 77, 259, 123)
                .scene();

        assertThat(expressions(scene, 0)).isEmpty();
        assertThat(expressions(scene, 1)).isEmpty();
    }

    @Test
    void aTenthOfTheSideAndAFactorOfOnePointFourAreClear() {
        Scene scene = new HandMadeScene()
                .with("apple", 180, 80, 220, 120)
                .with("apple", 216, 76, 264, 124)
                .scene();

        assertThat(expressions(scene, 0)).containsExactly("the apple on the left", "the small apple");
        assertThat(expressions(scene, 1)).containsExactly("the apple on the right", "the big apple");
    }

    private static List<String> expressions(Scene scene, int index) {
        return new Expressions(scene).of(scene.objects().get(index));
    }
}
