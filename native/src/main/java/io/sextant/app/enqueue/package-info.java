/** The verb {@code enqueue}: claim checks for all images of an archive. */
@NullMarked
package io.sextant.app.enqueue;

import org.jspecify.annotations.NullMarked;
