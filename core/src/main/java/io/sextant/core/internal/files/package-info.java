/** Where files lie that can be made again at any time. For {@code core} and {@code training} alone. */
@NullMarked
package io.sextant.core.internal.files;

import org.jspecify.annotations.NullMarked;
