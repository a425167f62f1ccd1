/** Tests of the connectors as a whole. */
@NullMarked
package io.sextant.connectors;

import org.jspecify.annotations.NullMarked;
