package io.sextant.tasks;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;

/** A task's code failed where its contract says it must not; its author has to act. */
public final class TaskDefectException extends SextantException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what happened, to which task
     * @param cause the failure underneath
     */
    public TaskDefectException(String message, Throwable cause) {
        super(ErrorCategory.DEFECT, message, cause);
    }
}
