package io.sextant.tasks.builtin.verified;

import io.sextant.tasks.spi.TaskSettings;

/**
 * Settings of the task {@code verified-caption}.
 *
 * @param minConfidence key {@code min-confidence}: a box less sure than that supports no phrase, 0..1
 */
record VerifiedCaptionSettings(double minConfidence) {
    static final String MIN_CONFIDENCE = "min-confidence";

    static VerifiedCaptionSettings of(TaskSettings settings) {
        return new VerifiedCaptionSettings(settings.number(MIN_CONFIDENCE, 0.4, 0, 1));
    }
}
