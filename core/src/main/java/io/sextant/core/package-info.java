/**
 * The contract of the model core: {@link io.sextant.core.VisionLanguageModel}, its requests and its results. Plain Java
 * types only; a model is opened with {@code io.sextant.core.model.ModelLoader}, or faked in a test by implementing the
 * interface.
 */
@NullMarked
package io.sextant.core;

import org.jspecify.annotations.NullMarked;
