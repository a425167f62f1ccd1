package io.sextant.app.console;

import io.sextant.core.error.ErrorCategory;
import io.sextant.core.error.SextantException;

/** What the process tells its caller. Public, like the options. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** Something failed, at least in part. */
    public static final int FAILED = 1;

    /** Wrong use: an option, a setting or a model folder that cannot be used. */
    public static final int WRONG_USE = 2;

    private ExitCode() {}

    /** The exit code of a failure: {@link #WRONG_USE} where its category is configuration, else {@link #FAILED}. */
    public static int of(Throwable failure) {
        return failure instanceof SextantException sextant && sextant.category() == ErrorCategory.CONFIGURATION
                ? WRONG_USE
                : FAILED;
    }
}
