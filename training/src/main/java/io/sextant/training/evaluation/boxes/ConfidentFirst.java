package io.sextant.training.evaluation.boxes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Matches written boxes with true ones as COCO does (pycocotools 2.0.11, {@code cocoeval.py}, {@code evaluateImg}): one after another from
 * the most confident on, each takes the true box of its noun that it overlaps most and that nobody has taken. Of equal
 * overlaps the later true box is taken; equal confidences keep the order of the text.
 */
public final class ConfidentFirst {
    private ConfidentFirst() {}

    /**
     * The written boxes from the most confident on, and whether each has met a true one.
     *
     * @param overlap the least IoU of a match, more than 0
     */
    public static List<Met> match(ImageBoxes boxes, double overlap) {
        List<ScoredBox> sorted = new ArrayList<>(boxes.written());
        sorted.sort(Comparator.comparingDouble(ScoredBox::confidence).reversed());
        List<NamedBox> free = new ArrayList<>(boxes.truths());
        List<Met> met = new ArrayList<>();
        for (ScoredBox box : sorted) {
            int best = best(box.named(), free, overlap);
            if (best >= 0) {
                free.remove(best);
            }
            met.add(new Met(box, best >= 0));
        }
        return met;
    }

    private static int best(NamedBox written, List<NamedBox> truths, double overlap) {
        int best = -1;
        double most = overlap;
        for (int i = 0; i < truths.size(); i++) {
            double here = written.box().intersectionOverUnion(truths.get(i).box());
            if (truths.get(i).noun().equals(written.noun()) && here >= most) {
                best = i;
                most = here;
            }
        }
        return best;
    }

    /**
     * A written box and its fate.
     *
     * @param hasMet whether a true box was matched with it
     */
    public record Met(ScoredBox box, boolean hasMet) {}
}
