package io.sextant.training.device;

import java.util.List;

/** The texts that make up the training program: core's own, and the losses on top. */
final class TrainingPrograms {
    static final List<String> TEXTS = List.of(
            "/io/sextant/core/internal/vision/encoder.py",
            "/io/sextant/core/internal/language/decoder.py",
            "/io/sextant/training/device/training.py");

    private TrainingPrograms() {}
}
