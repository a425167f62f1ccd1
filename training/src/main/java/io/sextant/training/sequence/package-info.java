/** Rows of tokens to learn from: conversations written as in inference, with labels on the answers, packed and padded. */
@NullMarked
package io.sextant.training.sequence;

import org.jspecify.annotations.NullMarked;
