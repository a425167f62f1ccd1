/**
 * Tasks in Camel: the component {@code sextant}, as in {@code to("sextant:detection?prompt=cups")}, a processor for
 * {@code process(…)}, and the names of the message headers. Plain Camel, for any runtime and DSL. Public.
 */
@NullMarked
package io.sextant.tasks.camel;

import org.jspecify.annotations.NullMarked;
