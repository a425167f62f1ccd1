/**
 * Grounded captioning: the image in words, and where each phrase is. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.grounding;

import org.jspecify.annotations.NullMarked;
