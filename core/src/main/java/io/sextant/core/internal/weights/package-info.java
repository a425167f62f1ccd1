/**
 * The weight files: readers for safetensors and torch files that never trust their input and never hold a file in memory,
 * the Hugging Face folder, and the model folder that ties the parts together. Plain Java; nothing here knows a tensor
 * library. For {@code core} and {@code training} alone.
 */
@NullMarked
package io.sextant.core.internal.weights;

import org.jspecify.annotations.NullMarked;
