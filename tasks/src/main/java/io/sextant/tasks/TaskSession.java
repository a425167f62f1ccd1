package io.sextant.tasks;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * Questions that belong together, such as the steps about one image or the turns of a conversation: one model answers them all, also where
 * another takes its place meanwhile. Its owner closes it once the answers are there. Thread-safe.
 */
public final class TaskSession implements AutoCloseable {
    private final TaskRunner tasks;
    private final Runnable end;
    private final AtomicBoolean isClosed;

    /**
     * @param tasks answers the questions
     * @param end is run once, at the first close
     */
    public TaskSession(TaskRunner tasks, Runnable end) {
        this(tasks, end, new AtomicBoolean());
    }

    private TaskSession(TaskRunner tasks, Runnable end, AtomicBoolean isClosed) {
        this.tasks = Objects.requireNonNull(tasks, "tasks");
        this.end = Objects.requireNonNull(end, "end");
        this.isClosed = isClosed;
    }

    /** Answers the questions; not to be asked after the close. */
    public TaskRunner tasks() {
        return tasks;
    }

    /** The same session, asked through another runner; either may be closed, and ends both. */
    public TaskSession through(UnaryOperator<TaskRunner> wrapper) {
        return new TaskSession(wrapper.apply(tasks), end, isClosed);
    }

    /** May be called twice. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            end.run();
        }
    }
}
