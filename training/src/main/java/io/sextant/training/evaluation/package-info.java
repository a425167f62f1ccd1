/** The verb {@code evaluate}: has a model answer the requests of a data set and scores what it writes. */
@NullMarked
package io.sextant.training.evaluation;

import org.jspecify.annotations.NullMarked;
