/**
 * Files of {@code torch.save}: the zip container, the pickle inside it that is read without ever running code, and the
 * tensors both lead to. For {@code core} and {@code training} alone.
 */
@NullMarked
package io.sextant.core.internal.weights.torch;

import org.jspecify.annotations.NullMarked;
