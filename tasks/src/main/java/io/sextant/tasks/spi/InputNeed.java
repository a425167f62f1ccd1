package io.sextant.tasks.spi;

/**
 * Whether a request must bring something.
 *
 * @since 0.1
 */
public enum InputNeed {
    REQUIRED,
    OPTIONAL,
    /** The task makes no use of it; a request that brings it is refused. */
    UNUSED
}
