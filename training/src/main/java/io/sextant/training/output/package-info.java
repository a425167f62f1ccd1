/** Where verbs write what they were asked for. */
@NullMarked
package io.sextant.training.output;

import org.jspecify.annotations.NullMarked;
