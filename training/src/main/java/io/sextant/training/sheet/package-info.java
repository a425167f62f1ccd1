/** Contact sheets: many images with boxes and words on one, for people to look at. */
@NullMarked
package io.sextant.training.sheet;

import org.jspecify.annotations.NullMarked;
