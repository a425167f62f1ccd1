/** Reads the golden data set that tests compare with, and keeps count of what was compared. Shared through the test jar. */
@NullMarked
package io.sextant.core.golden;

import org.jspecify.annotations.NullMarked;
