/**
 * Llama's tokenizer: byte-pair encoding over {@code tokenizer.json} with byte fallback, text to token ids and back. Knows
 * nothing of prompts. Internal to the project.
 */
@NullMarked
package io.sextant.core.internal.token;

import org.jspecify.annotations.NullMarked;
