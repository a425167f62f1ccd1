/**
 * Sextant in a Quarkus application: what is there at run time beside the Camel component {@code sextant}. What is done while the
 * application is built is in {@code io.sextant.quarkus.deployment}.
 */
@NullMarked
package io.sextant.quarkus;

import org.jspecify.annotations.NullMarked;
