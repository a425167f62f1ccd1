package io.sextant.core.internal.prompt;

import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserTextGoldenTest {

    @Test
    void neverBecomesAControlWordInTheRealVocabulary() {
        GoldenSet golden = GoldenSet.open();
        LlamaTokenizer tokenizer = LlamaTokenizer.open(golden.path("tokenizer-llama2"));
        List<Attack> attacks = Attack.all();
        Coverage coverage = new Coverage(
                "attacks with the real vocabulary",
                attacks.stream().map(Attack::toString).toList());
        for (Attack attack : attacks) {
            attack.assertHarmless(tokenizer);
            coverage.compared(attack.toString());
        }
        coverage.assertComplete();
    }
}
