/** Draws scenes, at their true size or straight at an image encoder's, and says which object each patch shows. */
@NullMarked
package io.sextant.training.world.paint;

import org.jspecify.annotations.NullMarked;
