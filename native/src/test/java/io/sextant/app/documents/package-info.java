/** Holds README and docs to the truth: their commands are run, their settings read, their Java compared with what is compiled. */
@NullMarked
package io.sextant.app.documents;

import org.jspecify.annotations.NullMarked;
