/** Tests of the package of the same name. */
@NullMarked
package io.sextant.connectors.payload;

import org.jspecify.annotations.NullMarked;
