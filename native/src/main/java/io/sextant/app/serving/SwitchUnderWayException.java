package io.sextant.app.serving;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;

/** The model is being exchanged already, and there is one exchange at a time. */
public final class SwitchUnderWayException extends SextantException {
    private static final long serialVersionUID = 1L;

    SwitchUnderWayException(String name) {
        super(
                ErrorCategory.RESOURCE_EXHAUSTED,
                "The model is being exchanged for \"" + name
                        + "\"; wait until that has come to its end, and look at GET /v1/model.",
                null);
    }
}
