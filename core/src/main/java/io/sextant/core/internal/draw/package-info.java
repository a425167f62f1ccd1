/**
 * Draws labels, boxes and captions into RGB samples. Letters come from a font that travels with the library, as outlines
 * that are filled here, so that an image looks the same on a machine without fonts, displays or AWT's native parts. Only
 * {@code io.sextant.core.image} uses it.
 */
@NullMarked
package io.sextant.core.internal.draw;

import org.jspecify.annotations.NullMarked;
