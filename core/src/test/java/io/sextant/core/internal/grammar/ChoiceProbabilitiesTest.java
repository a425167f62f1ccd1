package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoiceProbabilitiesTest {
    private static final double EXACT = 1e-6; // logits are floats
    private static final int PLENTY = 100;

    private final LlamaTokenizer tokenizer = TestTokenizers.EMBEDDED.open();

    @Test
    void tellsTheTextsOfASetApart() {
        Map<String, Double> truth = truth("yes", 0.6, "no", 0.3, "maybe", 0.1);

        Map<String, Double> read = write(truth);

        assertThat(read.keySet()).containsExactly("yes", "no", "maybe");
        truth.forEach((text, share) -> assertThat(read.get(text)).as(text).isCloseTo(share, within(EXACT)));
    }

    @Test
    void tellsTextsApartThatBeginAlikeWhereTheAnswerWentThatWay() {
        Map<String, Double> truth = truth("red ball", 0.5, "red", 0.2, "blue", 0.3);

        Map<String, Double> read = write(truth);

        truth.forEach((text, share) -> assertThat(read.get(text)).as(text).isCloseTo(share, within(EXACT)));
    }

    @Test
    void sharesWhatNobodyToldApartBetweenThoseThatBeginAlike() {
        Map<String, Double> read = write(truth("blue", 0.6, "red ball", 0.3, "red hat", 0.1));

        assertThat(read.get("blue")).isCloseTo(0.6, within(EXACT));
        assertThat(read.get("red ball")).isCloseTo(0.2, within(EXACT));
        assertThat(read.get("red hat")).isCloseTo(0.2, within(EXACT));
    }

    @Test
    void tellsNothingOfStepsThatWereNotKept() {
        assertThat(ChoiceProbabilities.of(
                        tokenizer, List.of("yes", "no"), new int[] {5, 6}, List.of(MaskedProbabilities.NONE)))
                .isEmpty();
        assertThat(ChoiceProbabilities.of(
                        tokenizer, List.of("yes", "no"), new int[] {5}, List.of(MaskedProbabilities.NONE)))
                .isEmpty();
    }

    /** Has a model that finds each text as probable as truth says write one of them, letter by letter, and reads its steps. */
    private Map<String, Double> write(Map<String, Double> truth) {
        List<String> texts = List.copyOf(truth.keySet());
        TokenConstraint constraint = new GrammarCompiler(tokenizer)
                .compile(AnswerGrammar.oneOf(texts))
                .start();
        List<Integer> ids = new ArrayList<>();
        List<MaskedProbabilities> left = new ArrayList<>();
        String written = "";
        while (!constraint.isComplete()) {
            for (int id : constraint.forced(PLENTY)) {
                ids.add(id);
                left.add(MaskedProbabilities.certain(id));
                constraint.advance(id);
            }
            if (!constraint.isComplete()) {
                written = tokenizer.decode(
                        ids.stream().mapToInt(Integer::intValue).toArray(), true);
                float[] masked = logits(truth, written);
                constraint.mask(masked, PLENTY);
                int best = best(masked);
                ids.add(best);
                left.add(MaskedProbabilities.few(masked, masked, 256));
                constraint.advance(best);
            }
        }
        return ChoiceProbabilities.of(
                tokenizer, texts, ids.stream().mapToInt(Integer::intValue).toArray(), left);
    }

    private float[] logits(Map<String, Double> truth, String written) {
        float[] logits = new float[tokenizer.vocabularySize()];
        Arrays.fill(logits, -1000);
        double ends = truth.getOrDefault(written, 0.0);
        if (ends > 0) {
            logits[tokenizer.eos()] = (float) Math.log(ends);
        }
        for (char next : " abcdefghijklmnopqrstuvwxyz".toCharArray()) {
            double mass = truth.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(written + next))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            if (mass > 0) {
                String piece = next == ' ' ? "\u2581" : String.valueOf(next);
                logits[tokenizer.idOf(piece).orElseThrow()] = (float) Math.log(mass);
            }
        }
        return logits;
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int id = 0; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        return best;
    }

    private static Map<String, Double> truth(Object... textsAndShares) {
        Map<String, Double> truth = new LinkedHashMap<>();
        for (int i = 0; i < textsAndShares.length; i += 2) {
            truth.put((String) textsAndShares[i], (Double) textsAndShares[i + 1]);
        }
        return truth;
    }
}
