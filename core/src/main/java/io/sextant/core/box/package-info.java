/**
 * Bounding boxes in the two spaces Sextant speaks of, pixels of the image and the 0..100 bins the model writes, and the
 * text form {@code {<xMin><yMin><xMax><yMax>}} with its parser. Public value types, no dependency but the JDK.
 */
@NullMarked
package io.sextant.core.box;

import org.jspecify.annotations.NullMarked;
