/**
 * From typed turns to the token ids the decoder is fed, and from generated ids to the answer's text: the reference's prompt
 * forms, the rule that keeps a user's words from becoming control words, and what is left out when the context is full.
 * Internal to the project.
 */
@NullMarked
package io.sextant.core.internal.prompt;

import org.jspecify.annotations.NullMarked;
