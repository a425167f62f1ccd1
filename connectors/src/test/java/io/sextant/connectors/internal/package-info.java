/** Tests of what sources and sinks have in common. */
@NullMarked
package io.sextant.connectors.internal;

import org.jspecify.annotations.NullMarked;
