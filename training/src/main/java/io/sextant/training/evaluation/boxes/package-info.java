/** Written boxes against true ones: how many match, and their average precision. Knows no requests and no texts. */
@NullMarked
package io.sextant.training.evaluation.boxes;

import org.jspecify.annotations.NullMarked;
