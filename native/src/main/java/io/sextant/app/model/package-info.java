/** The verbs {@code model inspect} and {@code model random}: what is in a model folder, and folders to try things out with. */
@NullMarked
package io.sextant.app.model;

import org.jspecify.annotations.NullMarked;
