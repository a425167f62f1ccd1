/** The verb {@code scenes}: writes scenes of the generated world as a data set that can be looked at and scored. */
@NullMarked
package io.sextant.training.scenes;

import org.jspecify.annotations.NullMarked;
