/**
 * Finds out what a processor computes fastest in: a short trial of a decoder's products, kept in a file, so that every later start on this
 * processor has the same answer.
 */
@NullMarked
package io.sextant.core.internal.trial;

import org.jspecify.annotations.NullMarked;
