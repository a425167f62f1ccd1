/** AdamW with the reference's parameter groups, and the learning rate's course. */
@NullMarked
package io.sextant.training.optimiser;

import org.jspecify.annotations.NullMarked;
