/** Fits what tells images a model was trained on from others: a linear probe on the visual tokens. */
@NullMarked
package io.sextant.training.evaluation.familiarity;

import org.jspecify.annotations.NullMarked;
