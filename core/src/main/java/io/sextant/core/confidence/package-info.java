/**
 * From how probable the model's tokens were to how often such an answer is right: curves that are fitted on examples, kept beside
 * the model's weights and applied to single confidences. Public value types.
 */
@NullMarked
package io.sextant.core.confidence;

import org.jspecify.annotations.NullMarked;
