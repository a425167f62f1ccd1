/** What a stage of training does, as read from its file: objective, data and their shares, what is trainable, schedule. */
@NullMarked
package io.sextant.training.stage;

import org.jspecify.annotations.NullMarked;
