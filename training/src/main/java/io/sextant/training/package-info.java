/** The command line of training: {@code scenes}, {@code train}, {@code evaluate}. */
@NullMarked
package io.sextant.training;

import org.jspecify.annotations.NullMarked;
