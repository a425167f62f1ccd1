package io.sextant.app.console;

import java.io.IOException;

/** Nothing that is written to standard output arrives any more: nobody reads it, or its disk is full. */
public final class OutputLostException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what to do. */
    public OutputLostException() {
        super("Standard output cannot be written: there is no room left, or nobody reads it any more; make room, or"
                + " write elsewhere.");
    }
}
