package io.sextant.core.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.internal.grammar.CoordinateReader.Step;
import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers' probabilities from the steps of a box, and what they make of its edges. */
class CoordinateReaderTest {
    private static final double EXACT = 1e-6; // logits are floats
    private static final int PLENTY = 100;

    private final LlamaTokenizer tokenizer = TestTokenizers.EMBEDDED.open();
    private final CoordinateReader reader = new CoordinateReader(tokenizer);
    private final CompiledGrammar box = new GrammarCompiler(tokenizer).compile(AnswerGrammar.box());

    @Test
    void tellsTheNumbersOfOneDecadeApart() {
        double[][] truth = {bell(36.4), bell(42), bell(74.6), bell(88.3)};
        List<Step> steps = write(truth);

        List<CoordinateProbabilities> numbers = reader.read(steps);

        assertThat(numbers.stream().map(CoordinateProbabilities::chosen)).containsExactly(36, 42, 75, 88);
        for (int number = 34; number < 40; number++) {
            assertThat(numbers.get(0).probability(number)).isCloseTo(truth[0][number], within(EXACT));
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @ValueSource(longs = {1, 2, 3})
    void alwaysSumsToOneAndRefinesEdges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double plain = 0;
        double refined = 0;
        for (int i = 0; i < 200; i++) {
            double xMin = 2 + 46 * random.nextDouble();
            double yMin = 2 + 46 * random.nextDouble();
            double[] edges = {xMin, yMin, xMin + 5 + 40 * random.nextDouble(), yMin + 5 + 40 * random.nextDouble()};
            List<CoordinateProbabilities> numbers = reader.read(write(
                    Arrays.stream(edges).mapToObj(CoordinateReaderTest::bell).toArray(double[][]::new)));
            for (int place = 0; place < 4; place++) {
                CoordinateProbabilities number = numbers.get(place);
                double sum = 0;
                for (int n = 0; n <= 100; n++) {
                    sum += number.probability(n);
                }
                assertThat(sum).isCloseTo(1, within(EXACT));
                plain += Math.abs(number.chosen() - edges[place]);
                refined += Math.abs(number.refined() - edges[place]);
            }
        }
        assertThat(refined).as("error of refined edges, plain " + plain).isLessThan(plain / 2);
    }

    @Test
    void knowsNothingOfStepsThatWereNotKept() {
        int[] ids = tokenizer.encodePlain("{<37><5><100><99>}");
        MaskedProbabilities nothing = MaskedProbabilities.few(new float[9], new float[9], 3);
        List<CoordinateProbabilities> numbers = reader.read(
                Arrays.stream(ids).mapToObj(id -> new Step(id, nothing)).toList());

        assertThat(numbers.stream().map(CoordinateProbabilities::refined)).containsExactly(37.0, 5.0, 100.0, 99.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{<37><5><100>}", "a cup", "{<37><5><10><99>}", "{<37><5><50><101>}"})
    void readsNoNumbersWhereThereIsNoBox(String text) {
        List<Step> steps = Arrays.stream(tokenizer.encodePlain(text))
                .mapToObj(id -> new Step(id, MaskedProbabilities.certain(id)))
                .toList();

        assertThat(reader.read(steps)).isEmpty();
    }

    @Test
    void renormalisesOverWhatIsLeft() {
        float[] logits = {2, 1, 5, 1};
        float[] masked = {2, 1, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY};

        double first = MaskedProbabilities.of(logits, masked, 0);

        assertThat(first).isCloseTo(Math.E / (Math.E + 1), within(1e-12));
        assertThat(first + MaskedProbabilities.of(logits, masked, 1)).isCloseTo(1, within(1e-12));
        MaskedProbabilities few = MaskedProbabilities.few(logits, masked, 2);
        assertThat(few.count()).isEqualTo(2);
        assertThat(few.probability(0)).isEqualTo(first);
        assertThat(MaskedProbabilities.few(logits, masked, 1).isEmpty()).isTrue();
    }

    @Test
    void findsAProbabilityInWhateverLogits() {
        float[] masked = {0, 0, 0, Float.NEGATIVE_INFINITY};
        float[][] rows = {
            {Float.NaN, Float.NaN, Float.NaN, 1},
            {Float.POSITIVE_INFINITY, 1, Float.NaN, 1},
            {Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY, 1},
            {-Float.MAX_VALUE, Float.MAX_VALUE, 0, Float.NaN},
        };
        for (float[] row : rows) {
            for (int id = 0; id < 3; id++) {
                assertThat(MaskedProbabilities.of(row, masked, id)).isBetween(0.0, 1.0);
            }
        }
    }

    /** A model that is as sure of each number as truth says; always takes the likeliest token. */
    private List<Step> write(double[][] truth) {
        TokenConstraint constraint = box.start();
        List<Step> steps = new ArrayList<>();
        while (!constraint.isComplete()) {
            for (int id : constraint.forced(PLENTY)) {
                steps.add(new Step(id, MaskedProbabilities.certain(id)));
                constraint.advance(id);
            }
            if (!constraint.isComplete()) {
                String written =
                        tokenizer.decode(steps.stream().mapToInt(Step::id).toArray(), true);
                float[] logits = logits(truth, written);
                float[] masked = logits.clone();
                constraint.mask(masked, PLENTY);
                int id = best(masked);
                steps.add(new Step(id, MaskedProbabilities.few(logits, masked, 64)));
                constraint.advance(id);
            }
        }
        return steps;
    }

    private float[] logits(double[][] truth, String written) {
        int place = (int) written.chars().filter(c -> c == '<').count() - 1;
        String begun = written.substring(written.lastIndexOf('<') + 1);
        float[] logits = new float[tokenizer.vocabularySize()];
        Arrays.fill(logits, -1000);
        for (String next : List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", place < 3 ? "><" : ">")) {
            double mass = mass(truth[place], begun + next);
            logits[tokenizer.idOf(next).orElseThrow()] = (float) Math.log(mass + 1e-30);
        }
        return logits;
    }

    /** How much of a distribution begins with some digits, or is a number if a mark follows. */
    private static double mass(double[] numbers, String begun) {
        if (begun.startsWith(">")) {
            return 0;
        }
        if (begun.endsWith(">") || begun.endsWith("><")) {
            return numbers[Integer.parseInt(begun.substring(0, begun.indexOf('>')))];
        }
        double mass = 0;
        for (int n = 0; n <= 100; n++) {
            mass += String.valueOf(n).startsWith(begun) ? numbers[n] : 0;
        }
        return mass;
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int id = 0; id < scores.length; id++) {
            best = scores[id] > scores[best] ? id : best;
        }
        return best;
    }

    /** A bell of one bin's width over the numbers 0 to 100; cut off at four bins. */
    private static double[] bell(double middle) {
        double[] numbers = new double[101];
        double sum = 0;
        for (int n = 0; n <= 100; n++) {
            double away = n - middle;
            numbers[n] = Math.abs(away) > 4 ? 0 : Math.exp(-away * away / 2);
            sum += numbers[n];
        }
        for (int n = 0; n <= 100; n++) {
            numbers[n] /= sum;
        }
        return numbers;
    }
}
