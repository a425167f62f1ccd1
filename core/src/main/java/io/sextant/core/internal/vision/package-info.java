/** From an image to visual tokens: preprocessing and the image encoder. Internal to core. */
@NullMarked
package io.sextant.core.internal.vision;

import org.jspecify.annotations.NullMarked;
