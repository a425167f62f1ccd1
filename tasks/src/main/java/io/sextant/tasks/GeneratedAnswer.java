package io.sextant.tasks;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationResult;
import io.sextant.core.RefinedSpan;
import io.sextant.core.box.RefinedBox;
import io.sextant.core.confidence.AnswerPart;
import io.sextant.core.confidence.ConfidenceCalibration;
import io.sextant.tasks.spi.TaskAnswer;
import java.util.Map;
import java.util.Optional;

/**
 * A model's answer as tasks see it.
 *
 * @param task the task's name
 * @param calibration what confidences of this answer are worth
 */
record GeneratedAnswer(GenerationResult result, String task, ConfidenceCalibration calibration) implements TaskAnswer {
    @Override
    public String text() {
        return result.text();
    }

    @Override
    public FinishReason finishReason() {
        return result.finishReason();
    }

    @Override
    public double confidence(int start, int end) {
        return result.confidence(start, end);
    }

    @Override
    public double confidence(AnswerPart part, int start, int end) {
        return calibration.calibrated(task, part, result.confidence(start, end));
    }

    @Override
    public Optional<RefinedBox> refined(int start, int end) {
        return result.refinedBoxes().stream()
                .filter(refined -> refined.start() == start && refined.end() == end)
                .map(RefinedSpan::box)
                .findFirst();
    }

    @Override
    public Map<String, Double> choices() {
        return result.choices();
    }
}
