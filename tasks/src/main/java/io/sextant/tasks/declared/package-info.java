/**
 * Tasks that need no Java: a task identifier, a template and the shape of the answer, as configuration gives them. Public;
 * {@link io.sextant.tasks.declared.DeclaredTask} becomes a task like any other.
 */
@NullMarked
package io.sextant.tasks.declared;

import org.jspecify.annotations.NullMarked;
