package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    void tellsTextsApartWhoseLettersAreWrittenAsBytes() {
        for (Map<String, Double> truth : List.of(
                truth("caf\u00e9", 0.6, "bar", 0.4),
                truth("dog", 0.3, "\ud83d\udc31", 0.7),
                truth("\ud83d\udc36", 0.2, "\ud83d\udc31", 0.8))) {
            Map<String, Double> read = write(truth);

            assertThat(read.keySet()).containsExactlyElementsOf(truth.keySet());
            truth.forEach((text, share) -> assertThat(read.get(text)).as(text).isCloseTo(share, within(EXACT)));
        }
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
                written = written(ids);
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
        truth.forEach((text, share) -> {
            String bytes = bytes(text);
            if (bytes.equals(written)) {
                logits[tokenizer.eos()] = (float) Math.log(share);
            } else if (bytes.startsWith(written)) {
                int id = idOf(bytes.charAt(written.length()));
                double others = logits[id] > -1000 ? Math.exp(logits[id]) : 0;
                logits[id] = (float) Math.log(share + others);
            }
        });
        return logits;
    }

    /** Letters have pieces, other bytes those of bytes. */
    private int idOf(char value) {
        String piece = value == ' ' ? "\u2581" : String.valueOf(value);
        return tokenizer
                .idOf(value < 128 ? piece : String.format(Locale.ROOT, "<0x%02X>", (int) value))
                .orElseThrow();
    }

    private String written(List<Integer> ids) {
        StringBuilder written = new StringBuilder();
        for (int id : ids) {
            String piece = tokenizer.piece(id);
            written.append(
                    piece.startsWith("<0x")
                            ? String.valueOf((char) Integer.parseInt(piece.substring(3, 5), 16))
                            : bytes(piece.replace('\u2581', ' ')));
        }
        return written.toString().stripLeading();
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
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
