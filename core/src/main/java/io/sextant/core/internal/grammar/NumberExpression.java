package io.sextant.core.internal.grammar;

import java.util.Objects;

/** The rest of a number in decimal digits, between bounds, without leading zeros. */
final class NumberExpression extends Expression {
    private static final int NO_VALUE = -1;
    private static final int NO_POINT = -1;
    private static final int MOST_DIGITS = 16;

    private final Bounds bounds;
    private final boolean isNegative;
    private final long value;
    private final int decimals;

    /**
     * @param min least value, at most 15 digits
     * @param max greatest value, at most 15 digits
     * @param decimals most digits after the point
     */
    record Bounds(long min, long max, int decimals) {
        /** The least that stands before the point, without its sign. */
        long least(boolean isNegative) {
            if (!isNegative) {
                return Math.max(0, min);
            }
            // There is no -0, but there is -0.5.
            return Math.max(decimals > 0 ? 0 : 1, -max);
        }

        long greatest(boolean isNegative) {
            return isNegative ? -min : max;
        }
    }

    /** A whole number. */
    NumberExpression(Bounds bounds) {
        this(bounds, false, NO_VALUE, NO_POINT);
    }

    /**
     * @param value the digits before the point so far
     * @param decimals how many digits stand after the point
     */
    private NumberExpression(Bounds bounds, boolean isNegative, long value, int decimals) {
        this.bounds = bounds;
        this.isNegative = isNegative;
        this.value = value;
        this.decimals = decimals;
    }

    @Override
    Expression after(int next, int control) {
        if (next >= '0' && next <= '9') {
            return decimals == NO_POINT ? digit(next - '0') : decimal();
        }
        if (next == '-' && value == NO_VALUE && !isNegative) {
            return possible(new NumberExpression(bounds, true, NO_VALUE, NO_POINT));
        }
        return next == '.' && mayHavePoint() ? new NumberExpression(bounds, isNegative, value, 0) : NOTHING;
    }

    private Expression digit(int digit) {
        if (value == 0) {
            return NOTHING;
        }
        long grown = value == NO_VALUE ? digit : 10 * value + digit;
        return possible(new NumberExpression(bounds, isNegative, grown, NO_POINT));
    }

    private Expression decimal() {
        return decimals < bounds.decimals() ? new NumberExpression(bounds, isNegative, value, decimals + 1) : NOTHING;
    }

    private static Expression possible(NumberExpression expression) {
        return expression.need() >= TOO_MANY ? NOTHING : expression;
    }

    /** With digits after a point it is still below the greatest. */
    private boolean mayHavePoint() {
        return bounds.decimals() > 0
                && decimals == NO_POINT
                && value >= bounds.least(isNegative)
                && value < bounds.greatest(isNegative);
    }

    @Override
    boolean mayEnd() {
        boolean isMinusZero = isNegative && value == 0 && decimals == NO_POINT;
        return decimals != 0
                && !isMinusZero
                && value != NO_VALUE
                && value >= bounds.least(isNegative)
                && value <= bounds.greatest(isNegative);
    }

    @Override
    int need() {
        if (decimals != NO_POINT) {
            return decimals == 0 ? 1 : 0;
        }
        if (value == NO_VALUE) {
            int unsigned = fromStart(isNegative);
            return isNegative ? unsigned : Math.min(unsigned, sum(1, fromStart(true)));
        }
        if (isNegative && value == 0) {
            return mayHavePoint() ? 2 : TOO_MANY;
        }
        long low = value;
        long high = value;
        for (int more = 0; more < MOST_DIGITS && low <= bounds.greatest(isNegative); more++) {
            if (high >= bounds.least(isNegative)) {
                return more;
            }
            if (value == 0) {
                break;
            }
            low = 10 * low;
            high = 10 * high + 9;
        }
        return TOO_MANY;
    }

    private int fromStart(boolean withSign) {
        long least = bounds.least(withSign);
        long greatest = bounds.greatest(withSign);
        if (least > greatest) {
            return TOO_MANY;
        }
        if (withSign && least == 0) {
            // Not -0 itself: -0.x, or as long, a number of one digit.
            return greatest >= 1 ? 1 : TOO_MANY;
        }
        return Long.toString(least).length();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberExpression number
                && isNegative == number.isNegative
                && value == number.value
                && decimals == number.decimals
                && bounds.equals(number.bounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bounds, isNegative, value, decimals);
    }
}
