package io.sextant.training.evaluation.reference;

import io.sextant.core.box.PixelBox;
import io.sextant.core.internal.reference.ReferenceBoxes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference's score of one answer on each of its benchmarks (eval_scripts/eval_vqa.py, eval_ref.py). A benchmark's score is the
 * mean of them, in percent. Answers are what the model wrote, as it wrote it.
 */
public final class BenchmarkScores {
    private static final Pattern VALID_BOX = Pattern.compile("\\{(<\\d{1,3}>){4}}");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final double LEAST_OVERLAP = 0.5;
    private static final double ENOUGH_ANSWERS = 3;

    private BenchmarkScores() {}

    /**
     * OK-VQA: how many of the people asked, each left out once, said the same; three are enough. Answers are normalised only where
     * people disagree.
     *
     * @param people their answers, at least one
     * @return 0..1
     */
    public static double okVqa(String answer, List<String> people) {
        String written = cleaned(answer);
        List<String> said = people.stream().map(BenchmarkScores::oneLine).toList();
        if (said.stream().distinct().count() > 1) {
            written = AnswerNormaliser.normalise(written);
            said = said.stream().map(AnswerNormaliser::normalise).toList();
        }
        double sum = 0;
        for (int i = 0; i < said.size(); i++) {
            int matches = 0;
            for (int k = 0; k < said.size(); k++) {
                matches += k != i && said.get(k).equals(written) ? 1 : 0;
            }
            sum += Math.min(1, matches / ENOUGH_ANSWERS);
        }
        return sum / said.size();
    }

    /** What OK-VQA's scorer makes of an answer before it compares. */
    static String cleaned(String answer) {
        return oneLine(answer.toLowerCase(Locale.ROOT).replace("<unk>", "").strip());
    }

    /**
     * VizWiz: how many people said the same; three are enough. Answers with an underscore fall apart there, because the reference joins
     * and splits them by it.
     *
     * @return 0..1
     */
    public static double vizWiz(String answer, List<String> people) {
        long matches = Arrays.stream(String.join("_", people).split("_", -1))
                .filter(answer::equalsIgnoreCase)
                .count();
        return Math.min(1, matches / ENOUGH_ANSWERS);
    }

    /** GQA: the answer in lower case is the label as it is stored. */
    public static boolean isGqaCorrect(String answer, String label) {
        return answer.toLowerCase(Locale.ROOT).equals(label);
    }

    /** VSR: the answer is "true" or "false", as the statement is. */
    public static boolean isVsrCorrect(String answer, boolean label) {
        return answer.equalsIgnoreCase(String.valueOf(label));
    }

    /** Hateful memes: the answer is "yes" or "no", as the image is hateful or not. */
    public static boolean isHatefulMemesCorrect(String answer, boolean label) {
        return answer.strip().equalsIgnoreCase(label ? "yes" : "no");
    }

    /** RefCOCO and its kin: whether an answer begins with a box, blanks aside. */
    public static boolean isBoxAnswer(String answer) {
        return VALID_BOX.matcher(withoutBlanks(answer)).lookingAt();
    }

    /**
     * RefCOCO and its kin: how far the answer's box overlaps the true one, by the reference's arithmetic of whole pixels.
     *
     * @param truth in pixels
     * @param width of the image in pixels
     * @param height of the image in pixels
     * @return 0..1; empty if the answer does not hold exactly four numbers
     */
    public static OptionalDouble overlap(String answer, PixelBox truth, int width, int height) {
        double[] numbers = NUMBER.matcher(withoutBlanks(answer))
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group()))
                .toArray();
        if (numbers.length != 4) {
            return OptionalDouble.empty();
        }
        double[] written = {
            numbers[0] / 100 * width, numbers[1] / 100 * height, numbers[2] / 100 * width, numbers[3] / 100 * height
        };
        double[] wanted = {truth.xMin(), truth.yMin(), truth.xMax(), truth.yMax()};
        return OptionalDouble.of(ReferenceBoxes.intersectionOverUnion(written, wanted));
    }

    /** RefCOCO and its kin: whether an answer is a box that overlaps the true one by more than a half. */
    public static boolean isReferCorrect(String answer, PixelBox truth, int width, int height) {
        return isBoxAnswer(answer) && overlap(answer, truth, width, height).orElse(0) > LEAST_OVERLAP;
    }

    private static String withoutBlanks(String answer) {
        Matcher blanks = Pattern.compile(" +").matcher(answer.replace("<unk>", ""));
        return blanks.replaceAll("");
    }

    private static String oneLine(String answer) {
        return answer.replace('\n', ' ').replace('\t', ' ').strip();
    }
}
