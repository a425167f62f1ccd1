/**
 * What is asked and answered about scenes: the six tasks and questions without an identifier, in the words of the generated world.
 * Questions carry what is true, so that they can be trained on and scored.
 */
@NullMarked
package io.sextant.training.world.language;

import org.jspecify.annotations.NullMarked;
