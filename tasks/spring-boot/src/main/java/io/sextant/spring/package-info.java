/** What Spring Boot needs to set up the Camel component {@code sextant}. Nobody calls it. */
@NullMarked
package io.sextant.spring;

import org.jspecify.annotations.NullMarked;
