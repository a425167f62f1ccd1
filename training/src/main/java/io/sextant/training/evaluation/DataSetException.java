package io.sextant.training.evaluation;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;
import org.jspecify.annotations.Nullable;

/** A data set that cannot be scored; the message names the file and the line. */
public final class DataSetException extends SextantException {
    private static final long serialVersionUID = 1L;

    DataSetException(String message) {
        this(message, null);
    }

    DataSetException(String message, @Nullable Throwable cause) {
        super(ErrorCategory.INVALID_INPUT, message, cause);
    }
}
