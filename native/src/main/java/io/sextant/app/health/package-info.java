/** Whether the running application lives, has started and is ready: one entry for the model and one for each pipeline, with reason and since when. */
@NullMarked
package io.sextant.app.health;

import org.jspecify.annotations.NullMarked;
