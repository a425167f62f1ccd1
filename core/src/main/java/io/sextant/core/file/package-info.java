/** Files that are whole or not there at all. For every module; knows nothing of models. */
@NullMarked
package io.sextant.core.file;

import org.jspecify.annotations.NullMarked;
