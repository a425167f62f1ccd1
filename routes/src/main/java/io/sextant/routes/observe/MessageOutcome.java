package io.sextant.routes.observe;

/** What becomes of a message or file. */
public enum MessageOutcome {
    /** All results are published. */
    ANSWERED,
    /** It lies in the dead letters. */
    REJECTED,
    /** It comes again. */
    POSTPONED
}
