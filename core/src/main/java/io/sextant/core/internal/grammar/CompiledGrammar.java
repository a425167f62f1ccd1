package io.sextant.core.internal.grammar;

/** A grammar compiled for one tokenizer; immutable but for what it remembers of places it has seen, thread-safe, shared. */
public interface CompiledGrammar {

    /** A new answer's place, before its first token. */
    TokenConstraint start();

    /**
     * A number of tokens within which an answer can be written, end of sequence included; as few as single characters and the pieces
     * inside of literals make it.
     */
    int shortestAnswer();
}
