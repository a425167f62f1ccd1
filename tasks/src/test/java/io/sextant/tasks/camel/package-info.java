/** Tests of the component and the processor, in a plain Camel context. */
@NullMarked
package io.sextant.tasks.camel;

import org.jspecify.annotations.NullMarked;
