/** What a step of a stage learns from: batches that depend on nothing but the step's number, and held-out scores. */
@NullMarked
package io.sextant.training.objective;

import org.jspecify.annotations.NullMarked;
