/** The verb {@code replay}: messages of dead letters go back to where they came from. */
@NullMarked
package io.sextant.app.replay;

import org.jspecify.annotations.NullMarked;
