/**
 * What the running application counts and measures, for Micrometer: {@link io.sextant.app.metrics.Meters} names every meter, the others
 * feed them. Only the application uses it.
 */
@NullMarked
package io.sextant.app.metrics;

import org.jspecify.annotations.NullMarked;
