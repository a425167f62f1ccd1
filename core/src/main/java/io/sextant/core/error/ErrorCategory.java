package io.sextant.core.error;

/** What kind of failure happened, and therefore who has to act. */
public enum ErrorCategory {
    /** The message or the request is at fault: it goes to the dead letter channel without a retry. */
    INVALID_INPUT,
    /** The set-up is at fault: the application stops at start. */
    CONFIGURATION,
    /** Memory, slots or time ran out: slow down and retry. */
    RESOURCE_EXHAUSTED,
    /** Another system failed: retry with backoff. */
    EXTERNAL_SYSTEM,
    /** Sextant itself is at fault: dead letter, logged with the stack trace. */
    DEFECT
}
