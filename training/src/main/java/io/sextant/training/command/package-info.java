/** The verbs that train and export a model. */
@NullMarked
package io.sextant.training.command;

import org.jspecify.annotations.NullMarked;
