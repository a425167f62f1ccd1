package io.sextant.training.evaluation;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.AnnotatedText.Phrase;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.core.confidence.ConfidenceCurve;
import io.sextant.training.evaluation.boxes.AveragePrecision;
import io.sextant.training.evaluation.boxes.BoxMatching;
import io.sextant.training.evaluation.boxes.ConfidentFirst;
import io.sextant.training.evaluation.boxes.ImageBoxes;
import io.sextant.training.evaluation.confidence.CurveFit;
import io.sextant.training.evaluation.confidence.Judged;
import io.sextant.training.evaluation.confidence.Reliability;
import io.sextant.training.world.language.Question;
import io.sextant.training.world.language.Task;
import io.sextant.training.world.language.Truth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that was said with a confidence, and whether it is right. An answer is right as its task scores it; a phrase if its noun
 * is one of those wanted; a box if it meets a true one of its noun at {@link BoxMatching#LEAST_OVERLAP}, the most confident
 * choosing first. Captions are neither right nor wrong as a whole and are left out.
 */
final class Judgements {
    private static final String OPEN = "<p>";
    private static final String CLOSE = "</p>";

    private final Map<Task, Map<AnswerPart, List<Judged>>> judged = new EnumMap<>(Task.class);
    private final Map<Task, List<ImageBoxes>> boxes = new EnumMap<>(Task.class);

    private Judgements() {}

    static Judgements of(List<Prediction> predictions, Scorer scorer) {
        Judgements judgements = new Judgements();
        predictions.forEach(prediction -> judgements.add(prediction, scorer));
        return judgements;
    }

    private void add(Prediction prediction, Scorer scorer) {
        Question question = prediction.annotation().question();
        Task task = question.task();
        String text = prediction.text();
        if (question.truth() instanceof Truth.Answers) {
            double confidence = prediction.confidence().of(0, text.length());
            judge(
                    task,
                    AnswerPart.ANSWER,
                    confidence,
                    Scores.tally(prediction, scorer).isPerfect());
        }
        if (question.truth() instanceof Truth.Phrases truth) {
            for (Phrase phrase : AnnotatedText.parse(text).phrases()) {
                int start = phrase.start() + OPEN.length();
                double confidence = prediction.confidence().of(start, text.indexOf(CLOSE, start));
                judge(task, AnswerPart.PHRASE, confidence, scorer.isWanted(phrase.text(), truth));
            }
        }
        scorer.boxes(prediction).ifPresent(answer -> {
            boxes.computeIfAbsent(task, any -> new ArrayList<>()).add(answer);
            ConfidentFirst.match(answer, BoxMatching.LEAST_OVERLAP)
                    .forEach(met -> judge(task, AnswerPart.BOX, met.box().confidence(), met.hasMet()));
        });
    }

    private void judge(Task task, AnswerPart part, double confidence, boolean isRight) {
        judged.computeIfAbsent(task, any -> new EnumMap<>(AnswerPart.class))
                .computeIfAbsent(part, any -> new ArrayList<>())
                .add(new Judged(confidence, isRight));
    }

    /** Average precision of each task with boxes, by the boxes' confidences; without those that have no true box. */
    Map<Task, AveragePrecision> averagePrecision() {
        Map<Task, AveragePrecision> byTask = new EnumMap<>(Task.class);
        boxes.forEach(
                (task, answers) -> AveragePrecision.of(answers).ifPresent(precision -> byTask.put(task, precision)));
        return byTask;
    }

    /**
     * Confidence against accuracy.
     *
     * @param calibration applied first
     */
    Map<Task, Map<AnswerPart, Reliability>> reliability(ConfidenceCalibration calibration) {
        Map<Task, Map<AnswerPart, Reliability>> byTask = new EnumMap<>(Task.class);
        judged.forEach((task, parts) -> {
            Map<AnswerPart, Reliability> byPart = new EnumMap<>(AnswerPart.class);
            parts.forEach((part, all) -> byPart.put(
                    part,
                    Reliability.of(all.stream()
                            .map(one -> new Judged(
                                    calibration.calibrated(task.word(), part, one.confidence()), one.isRight()))
                            .toList())));
            byTask.put(task, byPart);
        });
        return byTask;
    }

    /** Curves for all that enough was said of, see {@link CurveFit}. */
    ConfidenceCalibration fit(String note) {
        Map<String, Map<AnswerPart, ConfidenceCurve>> curves = new TreeMap<>();
        judged.forEach((task, parts) -> parts.forEach((part, all) -> CurveFit.fit(all)
                .ifPresent(curve -> curves.computeIfAbsent(task.word(), any -> new EnumMap<>(AnswerPart.class))
                        .put(part, curve))));
        return new ConfidenceCalibration(note, curves);
    }
}
