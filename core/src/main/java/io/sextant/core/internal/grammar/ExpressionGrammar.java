package io.sextant.core.internal.grammar;

/** A grammar made of an expression. */
final class ExpressionGrammar implements CompiledGrammar {
    private final Places places;
    private final Expression start;
    private final ForcedTokens forcedAtStart;

    /** @param blank the blank that tokenizers put in front of a text; answers may begin with it or without */
    ExpressionGrammar(Places places, Expression text, Expression blank) {
        this.places = places;
        this.start = Choice.of(text, Chain.of(blank, text));
        this.forcedAtStart = places.force(text, ControlWords.NOTHING, true);
    }

    @Override
    public TokenConstraint start() {
        return new ExpressionConstraint(places, start, forcedAtStart);
    }

    @Override
    public int shortestAnswer() {
        return Expression.sum(start.need(), 1);
    }
}
