/** Camel routes built from the configured pipelines. */
@NullMarked
package io.sextant.routes;

import org.jspecify.annotations.NullMarked;
