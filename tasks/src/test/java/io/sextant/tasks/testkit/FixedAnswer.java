package io.sextant.tasks.testkit;

import io.sextant.core.FinishReason;
import io.sextant.tasks.spi.TaskAnswer;

/**
 * An answer with a given text, all of it equally sure.
 *
 * @param text what the model is taken to have written
 * @since 0.1
 */
public record FixedAnswer(String text) implements TaskAnswer {
    @Override
    public FinishReason finishReason() {
        return FinishReason.END_OF_SEQUENCE;
    }

    @Override
    public double confidence(int start, int end) {
        return FakeVisionLanguageModel.PROBABILITY;
    }
}
