/**
 * What all weight files have in common: tensors where they lie in a file, element types, digests, and what a file looked
 * like when it was read. Nothing is held in memory and nothing here knows a tensor library. For {@code core} and
 * {@code training} alone.
 */
@NullMarked
package io.sextant.core.internal.weights;

import org.jspecify.annotations.NullMarked;
