/** The nouns of the generated world: how they are said, which render shows them, and what else is known of them. */
@NullMarked
package io.sextant.training.world.noun;

import org.jspecify.annotations.NullMarked;
