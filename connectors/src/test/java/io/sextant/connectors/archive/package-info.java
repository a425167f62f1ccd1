/** Tests of archives that are put to topics. */
@NullMarked
package io.sextant.connectors.archive;

import org.jspecify.annotations.NullMarked;
