/**
 * What one answer owns: its tokens, its place in the cache, and how its next token is chosen (greedy, sampling, beams). Nothing here is
 * shared between answers, and nothing touches the device. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.sequence;

import org.jspecify.annotations.NullMarked;
