/** The verb {@code ask}: questions about images from the command line, and conversations. */
@NullMarked
package io.sextant.app.ask;

import org.jspecify.annotations.NullMarked;
