/** The verb {@code tasks}: what there is to ask. */
@NullMarked
package io.sextant.app.tasks;

import org.jspecify.annotations.NullMarked;
