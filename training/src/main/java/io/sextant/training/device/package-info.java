/** The trainable model on a device: parameters, forward and backward passes, optimiser arithmetic, all in device programs. */
@NullMarked
package io.sextant.training.device;

import org.jspecify.annotations.NullMarked;
