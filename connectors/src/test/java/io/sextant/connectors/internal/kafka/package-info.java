/** Tests of the package of the same name. */
@NullMarked
package io.sextant.connectors.internal.kafka;

import org.jspecify.annotations.NullMarked;
