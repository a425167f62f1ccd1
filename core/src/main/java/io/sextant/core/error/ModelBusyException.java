package io.sextant.core.error;

/** The model has as many requests waiting as it takes; this one was refused at once and may be sent again later. */
public final class ModelBusyException extends ResourceExhaustedException {
    private static final long serialVersionUID = 1L;

    /** @param message how many are waiting, and what to do */
    public ModelBusyException(String message) {
        super(message);
    }
}
