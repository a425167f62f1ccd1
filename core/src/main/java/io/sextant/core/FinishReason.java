package io.sextant.core;

/** Why an answer ended. */
public enum FinishReason {
    /** The model wrote its end of sequence. */
    END_OF_SEQUENCE,
    /** The answer reached {@code maxNewTokens} or the end of the context; it may be cut in the middle. */
    LENGTH
}
