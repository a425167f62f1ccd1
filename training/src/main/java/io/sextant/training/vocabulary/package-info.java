/** The embedded model's tokenizer: those pieces of Llama's that the generated world needs, with Llama's own merges. */
@NullMarked
package io.sextant.training.vocabulary;

import org.jspecify.annotations.NullMarked;
