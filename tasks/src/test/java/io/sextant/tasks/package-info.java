/** Tests of registry, runner and result document. */
@NullMarked
package io.sextant.tasks;

import org.jspecify.annotations.NullMarked;
