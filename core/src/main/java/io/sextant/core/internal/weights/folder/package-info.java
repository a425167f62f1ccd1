/**
 * The model folder: {@code sextant.json} or the published file names, the parts they name, and whether each part holds
 * the tensors that the model needs. For {@code core} and {@code training} alone.
 */
@NullMarked
package io.sextant.core.internal.weights.folder;

import org.jspecify.annotations.NullMarked;
