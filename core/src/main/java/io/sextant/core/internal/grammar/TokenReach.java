package io.sextant.core.internal.grammar;

/**
 * How far one token of a vocabulary can go.
 *
 * @param longest bytes of the longest token
 * @param spansNumbers whether a token goes on from the end of one number of a box into the next
 */
record TokenReach(int longest, boolean spansNumbers) {}
