/**
 * The generated world: scenes of everyday objects whose every answer is known, because the scene was made from it. Its parts are
 * nouns, renders, scenes, their drawing and what is said about them.
 */
@NullMarked
package io.sextant.training.world;

import org.jspecify.annotations.NullMarked;
