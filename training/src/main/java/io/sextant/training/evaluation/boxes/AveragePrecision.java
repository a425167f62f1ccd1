package io.sextant.training.evaluation.boxes;

import io.sextant.training.evaluation.boxes.ConfidentFirst.Met;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Average precision as COCO computes it, all sizes of objects together.
 *
 * @param at50 AP50: at an IoU of at least 0.5, 0..1
 * @param at50To95 AP50:95: mean over the least IoUs 0.5, 0.55, ..., 0.95, 0..1
 * @param classes nouns with at least one true box, over which both are means
 */
public record AveragePrecision(double at50, double at50To95, int classes) {
    /*
     * pycocotools 2.0.11, cocoeval.py. One answer is one of COCO's images. For every noun and least IoU the boxes of all answers
     * are sorted by confidence; behind each of them stand the precision and the recall so far. The precision at a recall r is
     * the largest at any recall of at least r, 0 where none is reached, and it is averaged over r = 0, 0.01, ..., 1. A noun
     * without any true box has no average precision, so boxes written of it do not count.
     */
    private static final int LEAST_OVERLAPS = 10;
    private static final int RECALLS = 101;
    private static final int MOST_BOXES = 100;

    /**
     * Of all answers together; of each only the hundred most confident boxes of a noun count, as in COCO.
     *
     * @return nothing if there is no true box at all
     */
    public static Optional<AveragePrecision> of(List<ImageBoxes> answers) {
        Set<String> nouns = new TreeSet<>();
        answers.forEach(answer -> nouns.addAll(answer.nouns()));
        if (nouns.isEmpty()) {
            return Optional.empty();
        }
        double at50 = 0;
        double sum = 0;
        for (String noun : nouns) {
            List<ImageBoxes> own =
                    answers.stream().map(answer -> answer.of(noun)).toList();
            for (int i = 0; i < LEAST_OVERLAPS; i++) {
                double here = ofOneNoun(own, leastOverlap(i));
                at50 += i == 0 ? here : 0;
                sum += here;
            }
        }
        return Optional.of(
                new AveragePrecision(at50 / nouns.size(), sum / (nouns.size() * LEAST_OVERLAPS), nouns.size()));
    }

    private static double ofOneNoun(List<ImageBoxes> answers, double overlap) {
        List<Met> ranked = new ArrayList<>();
        int wanted = 0;
        for (ImageBoxes answer : answers) {
            List<Met> met = ConfidentFirst.match(answer, overlap);
            ranked.addAll(met.subList(0, Math.min(MOST_BOXES, met.size())));
            wanted += answer.truths().size();
        }
        ranked.sort(
                Comparator.comparingDouble((Met met) -> met.box().confidence()).reversed());
        return meanPrecision(ranked, wanted);
    }

    private static double meanPrecision(List<Met> ranked, int wanted) {
        double[] precision = new double[ranked.size()];
        double[] recall = new double[ranked.size()];
        int right = 0;
        for (int i = 0; i < precision.length; i++) {
            right += ranked.get(i).hasMet() ? 1 : 0;
            precision[i] = right / (i + 1.0);
            recall[i] = (double) right / wanted;
        }
        for (int i = precision.length - 1; i > 0; i--) {
            precision[i - 1] = Math.max(precision[i - 1], precision[i]);
        }
        double sum = 0;
        int at = 0;
        for (int i = 0; i < RECALLS; i++) {
            while (at < recall.length && recall[at] < leastRecall(i)) {
                at++;
            }
            sum += at < recall.length ? precision[at] : 0;
        }
        return sum / RECALLS;
    }

    /** As numpy's linspace computes them, to the last bit: an IoU or recall may lie just there. */
    private static double leastOverlap(int i) {
        return i == LEAST_OVERLAPS - 1 ? 0.95 : i * ((0.95 - 0.5) / (LEAST_OVERLAPS - 1)) + 0.5;
    }

    private static double leastRecall(int i) {
        return i == RECALLS - 1 ? 1 : i * 0.01;
    }
}
