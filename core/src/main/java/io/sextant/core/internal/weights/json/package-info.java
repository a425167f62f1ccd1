/**
 * JSON documents of model folders, read strictly: a wrong key or type is told with the document's name. For
 * {@code core} and {@code training} alone.
 */
@NullMarked
package io.sextant.core.internal.weights.json;

import org.jspecify.annotations.NullMarked;
