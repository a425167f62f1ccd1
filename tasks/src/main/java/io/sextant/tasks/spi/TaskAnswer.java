package io.sextant.tasks.spi;

import io.sextant.core.FinishReason;

/** The model's answer as a task sees it. */
public interface TaskAnswer {

    /** The text the model wrote. */
    String text();

    /** Why it ended. */
    FinishReason finishReason();

    /** How sure the model was of a part of its text, 0..1. */
    double confidence(int start, int end);
}
