/**
 * The same question about each thing there is: finds them, and looks closer at every one. Uses only what an outside plugin gets.
 */
@NullMarked
package io.sextant.tasks.builtin.each;

import org.jspecify.annotations.NullMarked;
