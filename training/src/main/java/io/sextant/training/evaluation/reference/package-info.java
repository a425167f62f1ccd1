/** How the reference prepares answers for scoring, quirks included, so that published figures can be compared. */
@NullMarked
package io.sextant.training.evaluation.reference;

import org.jspecify.annotations.NullMarked;
