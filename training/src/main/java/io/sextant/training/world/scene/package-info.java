/** Scenes of the generated world as geometry: which objects stand where, in front of what. Seeded, without a pixel. */
@NullMarked
package io.sextant.training.world.scene;

import org.jspecify.annotations.NullMarked;
