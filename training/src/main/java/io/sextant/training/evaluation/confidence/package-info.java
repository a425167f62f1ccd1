/** What confidences are worth: whether so many of the things said with a confidence are right, and curves that mend it. */
@NullMarked
package io.sextant.training.evaluation.confidence;

import org.jspecify.annotations.NullMarked;
