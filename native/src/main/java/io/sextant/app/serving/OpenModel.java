package io.sextant.app.serving;

import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.model.Familiarity;
import io.sextant.tasks.TaskRunner;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that is open, with what belongs to it.
 *
 * @param asked which it is
 * @param model computes
 * @param tasks answers with it
 * @param familiarity tells whether it knows an image's kind, or null where that cannot be told
 * @param since when it was opened
 */
record OpenModel(
        AskedModel asked,
        VisionLanguageModel model,
        TaskRunner tasks,
        @Nullable Familiarity familiarity,
        Instant since) implements AutoCloseable {
    OpenModel {
        Objects.requireNonNull(asked, "asked");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(tasks, "tasks");
        Objects.requireNonNull(since, "since");
    }

    ModelInfo info() {
        return model.info();
    }

    /** Waits for its running answers; may be called twice. */
    @Override
    public void close() {
        model.close();
        if (familiarity != null) {
            familiarity.close();
        }
    }
}
