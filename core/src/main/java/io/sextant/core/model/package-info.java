/**
 * Opening a model: where its files lie, what is in them, how it is to be computed. {@code ModelLoader} makes the one
 * {@link io.sextant.core.VisionLanguageModel} an application shares. Public.
 */
@NullMarked
package io.sextant.core.model;

import org.jspecify.annotations.NullMarked;
