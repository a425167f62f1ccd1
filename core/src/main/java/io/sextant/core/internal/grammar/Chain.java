package io.sextant.core.internal.grammar;

/** One text and then another. The first is no chain, so equal chains are equal objects by value. */
final class Chain extends Expression {
    private final Expression first;
    private final Expression rest;
    private final int need;
    private final int hash;

    private Chain(Expression first, Expression rest) {
        this.first = first;
        this.rest = rest;
        this.need = sum(first.need(), rest.need());
        this.hash = 31 * first.hashCode() + rest.hashCode();
    }

    static Expression of(Expression first, Expression rest) {
        if (first == NOTHING || rest == NOTHING) {
            return NOTHING;
        }
        if (first == EMPTY) {
            return rest;
        }
        if (rest == EMPTY) {
            return first;
        }
        return first instanceof Chain chain ? new Chain(chain.first, of(chain.rest, rest)) : new Chain(first, rest);
    }

    Expression first() {
        return first;
    }

    Expression rest() {
        return rest;
    }

    @Override
    Expression after(int value, int control) {
        Expression within = of(first.after(value, control), rest);
        return first.mayEnd() ? Choice.of(within, rest.after(value, control)) : within;
    }

    @Override
    boolean mayEnd() {
        return first.mayEnd() && rest.mayEnd();
    }

    @Override
    int need() {
        return need;
    }

    @Override
    Expression forNextToken(TokenReach reach) {
        Expression nextFirst = first.forNextToken(reach);
        Expression nextRest = rest.forNextToken(reach);
        return nextFirst == first && nextRest == rest ? this : of(nextFirst, nextRest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain
                && hash == chain.hash
                && first.equals(chain.first)
                && rest.equals(chain.rest);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
