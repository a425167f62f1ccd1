/**
 * Grammars at work: from an {@link io.sextant.core.grammar.AnswerGrammar} to the tokens that may come next, for one tokenizer. A
 * grammar becomes an {@code Expression} that is read byte by byte; a {@code Place} is such an expression with what is known of it, the
 * tokens allowed there above all; a {@link io.sextant.core.internal.grammar.TokenConstraint} is one answer's way through the places.
 * Knows of no model and no tensor. Internal to the project.
 */
@NullMarked
package io.sextant.core.internal.grammar;

import org.jspecify.annotations.NullMarked;
