package io.sextant.app.serving;

import io.sextant.core.error.ResourceExhaustedException;

/** No model can be asked at the moment. */
public final class ModelAwayException extends ResourceExhaustedException {
    private static final long serialVersionUID = 1L;

    ModelAwayException(String message) {
        super(message);
    }
}
