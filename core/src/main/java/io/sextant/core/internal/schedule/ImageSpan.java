package io.sextant.core.internal.schedule;

/**
 * Visual tokens in a piece of a prompt.
 *
 * @param offset their first position in the piece
 * @param image which of the request's images, counted from 0
 * @param first the first of its visual tokens
 * @param count how many of them
 */
record ImageSpan(int offset, int image, int first, int count) {}
