/**
 * Weights in small whole numbers: how they are rounded, and the folder that keeps them from one start to the next. What multiplies
 * with them stands in {@code linear.py}. Internal to core.
 */
@NullMarked
package io.sextant.core.internal.quantization;

import org.jspecify.annotations.NullMarked;
