/**
 * What an answer may look like: {@link io.sextant.core.grammar.AnswerGrammar} and the parts it is put together from. Public value
 * types, no dependency but the JDK.
 */
@NullMarked
package io.sextant.core.grammar;

import org.jspecify.annotations.NullMarked;
