package io.sextant.training.world.noun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NounsTest {
    private final Nouns nouns = Nouns.load();

    @Test
    void hasTheEightyNounsInTheirOrder() {
        assertThat(nouns.list()).hasSize(80);
        assertThat(nouns.list()).extracting(Noun::index).isSorted().doesNotHaveDuplicates();
        assertThat(nouns.list()).extracting(Noun::name).isSorted().doesNotHaveDuplicates();
        assertThat(nouns.list()).extracting(Noun::file).doesNotHaveDuplicates();
    }

    @Test
    void knowsHowEachIsSaid() {
        assertThat(nouns.named("knife").plural()).isEqualTo("knives");
        assertThat(nouns.named("ice cream").one()).isEqualTo("an ice cream");
        assertThat(nouns.named("grapes").one()).isEqualTo("grapes");
        assertThat(nouns.named("lemon").colour()).isEqualTo("yellow");
        assertThat(nouns.named("lemon").kind()).isEqualTo("fruit");
        assertThat(nouns.named("bicycle").hasColour()).isFalse();
        assertThat(nouns.named("umbrella").hasKind()).isFalse();
    }

    @Test
    void findsANounByItsPlural() {
        assertThat(nouns.said("butterflies")).contains(nouns.named("butterfly"));
        assertThat(nouns.said("fish")).contains(nouns.named("fish"));
        assertThat(nouns.said("unicorn")).isEmpty();
    }

    @Test
    void refusesANameItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nouns.named("unicorn"))
                .withMessageContaining("unicorn");
    }
}
