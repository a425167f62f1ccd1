/** Tests of tasks that need no Java. */
@NullMarked
package io.sextant.tasks.declared;

import org.jspecify.annotations.NullMarked;
