package io.sextant.tasks.builtin.verified;

import io.sextant.tasks.spi.TaskFactory;
import io.sextant.tasks.spi.TaskSettings;
import io.sextant.tasks.spi.VisionTask;
import java.util.Optional;
import java.util.Set;

/** Makes the task {@code verified-caption}. */
public final class VerifiedCaptionTaskFactory implements TaskFactory {
    static final String NAME = "verified-caption";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Set<String>> keys() {
        return Optional.of(Set.of(VerifiedCaptionSettings.MIN_CONFIDENCE));
    }

    @Override
    public VisionTask create(TaskSettings settings) {
        return new VerifiedCaptionTask(VerifiedCaptionSettings.of(settings));
    }
}
