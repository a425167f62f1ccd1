/**
 * The images of the nouns: fetched once as a package by npm, decoded once into one file beside it, and mapped to
 * {@link io.sextant.training.world.render.Render}. Nothing of it is part of the project or of what it ships.
 */
@NullMarked
package io.sextant.training.world.render;

import org.jspecify.annotations.NullMarked;
