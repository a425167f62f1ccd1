package io.sextant.training.evaluation;

import io.sextant.core.box.PixelBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.training.evaluation.boxes.AveragePrecision;
import io.sextant.training.evaluation.confidence.Reliability;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a data set.
 *
 * @param byTask every task that was asked for
 * @param byCaption captions of each kind
 * @param rounds first and second rounds of each task that has second ones
 * @param malformed share of answers with a tag that is not closed or a box that is none
 * @param averagePrecision of each task with true boxes
 * @param reliability raw confidence against accuracy, by task and what the confidence is about
 * @param calibrated the same with calibrated confidences; empty if the model has no calibration
 */
record Scores(
        Map<Task, Tally> byTask,
        Map<CaptionKind, Tally> byCaption,
        Map<Task, Rounds> rounds,
        double malformed,
        Map<Task, AveragePrecision> averagePrecision,
        Map<Task, Map<AnswerPart, Reliability>> reliability,
        Map<Task, Map<AnswerPart, Reliability>> calibrated) {
    Scores {
        byTask = Map.copyOf(byTask);
        byCaption = Map.copyOf(byCaption);
        rounds = Map.copyOf(rounds);
        averagePrecision = Map.copyOf(averagePrecision);
        reliability = Map.copyOf(reliability);
        calibrated = Map.copyOf(calibrated);
    }

    /** The kinds of captions told apart. */
    enum CaptionKind {
        /** Asked for briefly. */
        SHORT,
        /** Other captions. */
        DETAILED,
        /** The words of grounded captions. */
        GROUNDED
    }

    /**
     * The same questions asked first and after other rounds; all of the task's where none is asked both ways.
     *
     * @param isSameQuestions whether both are about the same questions
     */
    record Rounds(Tally first, Tally later, boolean isSameQuestions) {}

    /** @param calibration the model's own */
    static Scores of(List<Prediction> predictions, Scorer scorer, ConfidenceCalibration calibration) {
        Map<Task, Tally> byTask = new EnumMap<>(Task.class);
        Map<CaptionKind, Tally> byCaption = new EnumMap<>(CaptionKind.class);
        int malformed = 0;
        for (Prediction prediction : predictions) {
            Question question = prediction.annotation().question();
            Tally tally = tally(prediction, scorer);
            byTask.merge(question.task(), tally, Tally::plus);
            if (question.truth() instanceof Truth.Phrases phrases && question.task() == Task.GROUNDING) {
                byCaption.merge(CaptionKind.GROUNDED, scorer.scoreAsCaption(phrases, prediction.text()), Tally::plus);
            } else if (question.task() == Task.CAPTION) {
                byCaption.merge(captionKind(question), tally, Tally::plus);
            }
            malformed += Scorer.isMalformed(prediction.text()) ? 1 : 0;
        }
        double share = predictions.isEmpty() ? 0 : (double) malformed / predictions.size();
        Judgements judgements = Judgements.of(predictions, scorer);
        return new Scores(
                byTask,
                byCaption,
                rounds(predictions, scorer),
                share,
                judgements.averagePrecision(),
                judgements.reliability(ConfidenceCalibration.NONE),
                calibration.isEmpty() ? Map.of() : judgements.reliability(calibration));
    }

    static Tally tally(Prediction prediction, Scorer scorer) {
        return scorer.score(
                prediction.annotation().question().truth(), prediction.text(), prediction.width(), prediction.height());
    }

    private static CaptionKind captionKind(Question question) {
        String prompt = question.prompt().toLowerCase(Locale.ROOT);
        return prompt.isEmpty() || prompt.contains("brief") || prompt.contains("short")
                ? CaptionKind.SHORT
                : CaptionKind.DETAILED;
    }

    private static Map<Task, Rounds> rounds(List<Prediction> predictions, Scorer scorer) {
        Map<Task, Rounds> rounds = new EnumMap<>(Task.class);
        for (Task task : Task.values()) {
            Map<Boolean, List<Prediction>> byRound = predictions.stream()
                    .filter(prediction -> prediction.annotation().question().task() == task)
                    .collect(Collectors.partitioningBy(Scores::isLater));
            List<Prediction> first = byRound.getOrDefault(false, List.of());
            List<Prediction> later = byRound.getOrDefault(true, List.of());
            if (first.isEmpty() || later.isEmpty()) {
                continue;
            }
            Set<Asked> both = asked(first);
            both.retainAll(asked(later));
            rounds.put(
                    task,
                    both.isEmpty()
                            ? new Rounds(sum(first, scorer), sum(later, scorer), false)
                            : new Rounds(sum(only(first, both), scorer), sum(only(later, both), scorer), true));
        }
        return rounds;
    }

    private static boolean isLater(Prediction prediction) {
        return !prediction.annotation().question().history().isEmpty();
    }

    private static Set<Asked> asked(List<Prediction> predictions) {
        return predictions.stream().map(Asked::of).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Prediction> only(List<Prediction> predictions, Set<Asked> asked) {
        return predictions.stream()
                .filter(prediction -> asked.contains(Asked.of(prediction)))
                .toList();
    }

    private static Tally sum(List<Prediction> predictions, Scorer scorer) {
        return predictions.stream().map(prediction -> tally(prediction, scorer)).reduce(Tally.NONE, Tally::plus);
    }

    /** What makes two requests the same question. */
    private record Asked(
            Path image, Task task, String prompt, @Nullable PixelBox box) {
        static Asked of(Prediction prediction) {
            Question question = prediction.annotation().question();
            return new Asked(prediction.annotation().image(), question.task(), question.prompt(), question.box());
        }
    }
}
