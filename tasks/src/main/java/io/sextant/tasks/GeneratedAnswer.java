package io.sextant.tasks;

import io.sextant.core.FinishReason;
import io.sextant.core.GenerationResult;
import io.sextant.tasks.spi.TaskAnswer;

/** A model's answer as tasks see it. */
record GeneratedAnswer(GenerationResult result) implements TaskAnswer {
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
}
