/**
 * Images as the model sees them: decoding within limits, turning upright, and the RGB image that results. Public;
 * resizing and normalising for the encoder are internal.
 */
@NullMarked
package io.sextant.core.image;

import org.jspecify.annotations.NullMarked;
