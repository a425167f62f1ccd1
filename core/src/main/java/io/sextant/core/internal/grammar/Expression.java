package io.sextant.core.internal.grammar;

/**
 * The texts that may still follow, as a formula. Reading a byte gives the formula for the rest (Brzozowski's derivative), so an
 * expression is both a grammar and a place in it. Immutable values: equal ones stand for the same texts.
 */
abstract class Expression {
    /** More tokens than any answer has. */
    static final int TOO_MANY = 1 << 20;

    /** Only the empty text. */
    static final Expression EMPTY = new Constant(true);

    /** No text at all, not even the empty one. */
    static final Expression NOTHING = new Constant(false);

    /**
     * What may follow a byte, {@link #NOTHING} if it may not come.
     *
     * @param value 0..255
     * @param control how far the text before it has come in {@link ControlWords}
     */
    abstract Expression after(int value, int control);

    /** Whether the text may end here. */
    abstract boolean mayEnd();

    /**
     * A number of tokens with which the text can be brought to an end: from every place with n > 0 there is a token that leads to one
     * with n - 1 at most, whatever the vocabulary. At most {@link #TOO_MANY}, which also stands for all above.
     */
    abstract int need();

    /**
     * An expression that the next token cannot tell from this one: the same tokens may come, and each leaves the same {@link #need}.
     * Far fewer places differ so than do at all, which is what makes them worth remembering. The same object if nothing is to be
     * left out.
     */
    Expression forNextToken(TokenReach reach) {
        return this;
    }

    static int sum(int a, int b) {
        return Math.min(TOO_MANY, a + b);
    }

    static int product(int a, int b) {
        return (int) Math.min(TOO_MANY, (long) a * b);
    }

    private static final class Constant extends Expression {
        private final boolean mayEnd;

        Constant(boolean mayEnd) {
            this.mayEnd = mayEnd;
        }

        @Override
        Expression after(int value, int control) {
            return NOTHING;
        }

        @Override
        boolean mayEnd() {
            return mayEnd;
        }

        @Override
        int need() {
            return mayEnd ? 0 : TOO_MANY;
        }
    }
}
