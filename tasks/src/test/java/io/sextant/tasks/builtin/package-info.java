/** Tests of the built-in tasks, through the contract that plugins must hold as well. */
@NullMarked
package io.sextant.tasks.builtin;

import org.jspecify.annotations.NullMarked;
