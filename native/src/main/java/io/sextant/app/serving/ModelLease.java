package io.sextant.app.serving;

import io.sextant.core.ModelInfo;
import io.sextant.tasks.TaskRunner;
import io.sextant.tasks.TaskSession;

/** The right to ask one model, which stays open for it. Its owner closes it once the answers are there. Thread-safe. */
public final class ModelLease implements AutoCloseable {
    private final OpenModel model;
    private final TaskSession session;

    ModelLease(OpenModel model, Runnable end) {
        this.model = model;
        this.session = new TaskSession(model.tasks(), end);
    }

    /** Which model it is. */
    public ModelInfo info() {
        return model.info();
    }

    /** Answers with this model. */
    public TaskRunner tasks() {
        return session.tasks();
    }

    OpenModel model() {
        return model;
    }

    /** The same right, as those know it who see tasks alone. */
    TaskSession session() {
        return session;
    }

    /** May be called twice. */
    @Override
    public void close() {
        session.close();
    }
}
