package io.sextant.core.error;

/** A request was not answered by its deadline; what had been computed of it is dropped. */
public final class DeadlineExceededException extends ResourceExhaustedException {
    private static final long serialVersionUID = 1L;

    /** @param message which deadline, how far the request had come, and what to do */
    public DeadlineExceededException(String message) {
        super(message);
    }
}
