/**
 * Files of Hugging Face's safetensors format, whose headers are never trusted. For {@code core} and {@code training}
 * alone.
 */
@NullMarked
package io.sextant.core.internal.weights.safetensors;

import org.jspecify.annotations.NullMarked;
