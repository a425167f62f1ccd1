/**
 * Image captioning: the image in a sentence. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.caption;

import org.jspecify.annotations.NullMarked;
