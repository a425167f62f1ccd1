package io.sextant.core.internal.weights.torch;

import io.sextant.core.internal.weights.ElementType;

/**
 * Where the elements of one torch storage lie; several tensors may be views of it.
 *
 * @param record the zip entry
 * @param type of its elements
 * @param elementCount as the pickle says, which the entry is long enough for
 */
record TorchStorage(ZipRecord record, ElementType type, long elementCount) {}
