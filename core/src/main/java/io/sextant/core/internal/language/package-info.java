/**
 * The language decoder: the device program with its weights, the key/value cache each sequence owns, and the searches that
 * turn logits into answers (greedy, sampling, beams). Internal to core.
 */
@NullMarked
package io.sextant.core.internal.language;

import org.jspecify.annotations.NullMarked;
