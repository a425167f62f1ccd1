package io.sextant.core.internal.sequence;

/**
 * The two ids a search has to know.
 *
 * @param bos the reference's own row begins with it: it counts for the repetition penalty and for the length of beams
 * @param eos ends an answer
 */
public record SpecialTokens(int bos, int eos) {}
