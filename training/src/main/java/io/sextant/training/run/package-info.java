/** A run of training: its folder, checkpoints that survive a kill at any moment, the loop over steps, and what is logged. */
@NullMarked
package io.sextant.training.run;

import org.jspecify.annotations.NullMarked;
