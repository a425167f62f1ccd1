/** Ranks candidate answers by their losses, as the reference does for IconVQA. */
@NullMarked
package io.sextant.training.ranking;

import org.jspecify.annotations.NullMarked;
