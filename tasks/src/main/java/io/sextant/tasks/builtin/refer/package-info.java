/**
 * Referring expression comprehension: where the thing is that an expression refers to. Uses only what an outside
 * plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.refer;

import org.jspecify.annotations.NullMarked;
