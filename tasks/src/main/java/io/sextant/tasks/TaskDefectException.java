package io.sextant.tasks;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import org.jspecify.annotations.Nullable;

/** A task's code failed where its contract says it must not; its author has to act. */
public final class TaskDefectException extends SextantException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, to which task
     * @param cause the failure underneath, or null if there is none
     */
    public TaskDefectException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.DEFECT, message, cause);
    }
}
