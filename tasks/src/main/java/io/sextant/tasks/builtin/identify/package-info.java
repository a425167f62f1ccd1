/**
 * Referring expression generation: what is inside a box. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.identify;

import org.jspecify.annotations.NullMarked;
