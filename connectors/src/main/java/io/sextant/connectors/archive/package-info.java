/** Whole archives of images that are put to a topic, as claim checks: what connectors list, take, and the way between. */
@NullMarked
package io.sextant.connectors.archive;

import org.jspecify.annotations.NullMarked;
