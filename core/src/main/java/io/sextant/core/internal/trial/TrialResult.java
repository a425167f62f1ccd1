package io.sextant.core.internal.trial;

/**
 * What a trial came to.
 *
 * @param chosen way to compute
 * @param reason the figures, in one line, for the log
 */
public record TrialResult(Candidate chosen, String reason) {}
