package io.sextant.core.internal.grammar;

import java.util.Objects;

/** The same again and again, with a separator between two. */
final class Repetition extends Expression {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final Expression body;
    private final Expression separator;
    private final int min;
    private final int max;
    private final boolean isFirst;

    /**
     * @param body never empty
     * @param separator may be empty
     * @param max {@code Integer.MAX_VALUE} for any number
     */
    Repetition(Expression body, Expression separator, int min, int max) {
        this(body, separator, min, max, true);
    }

    /**
     * @param min times it must still come
     * @param max times it may still come
     * @param isFirst whether it has not come yet, so that no separator leads it
     */
    private Repetition(Expression body, Expression separator, int min, int max, boolean isFirst) {
        this.body = body;
        this.separator = separator;
        this.min = min;
        this.max = max;
        this.isFirst = isFirst;
    }

    @Override
    Expression after(int value, int control) {
        if (max == 0) {
            return NOTHING;
        }
        Expression once = (isFirst ? body : Chain.of(separator, body)).after(value, control);
        if (once == NOTHING) {
            return NOTHING;
        }
        int maxLeft = max == UNLIMITED ? max : max - 1;
        Expression others =
                maxLeft == 0 ? EMPTY : new Repetition(body, separator, Math.max(0, min - 1), maxLeft, false);
        return Chain.of(once, others);
    }

    @Override
    boolean mayEnd() {
        return min == 0;
    }

    @Override
    int need() {
        int separators = isFirst ? Math.max(0, min - 1) : min;
        return sum(product(min, body.need()), product(separators, separator.need()));
    }

    @Override
    Expression forNextToken(TokenReach reach) {
        boolean isOutOfReach = max != UNLIMITED && max > Math.max(min, reach.longest());
        return isOutOfReach ? new Repetition(body, separator, min, UNLIMITED, isFirst) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Repetition repetition
                && min == repetition.min
                && max == repetition.max
                && isFirst == repetition.isFirst
                && body.equals(repetition.body)
                && separator.equals(repetition.separator);
    }

    @Override
    public int hashCode() {
        return Objects.hash(body, separator, min, max, isFirst);
    }
}
