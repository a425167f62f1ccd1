package io.sextant.core.internal.grammar;

/** The rest of a box: 0 to 100 each, no leading zeros, the second corner not before the first. */
final class BoxExpression extends Expression {
    /*
     * A box is {<n><n><n><n>}: a mark "{<" before the first number, "><" between two, ">}" at the end. `number` is the one that is
     * being written or comes next, `value` what there is of it; `awaited` is the byte of the mark that must come next, or DIGITS.
     */
    private static final int NO_VALUE = -1;
    private static final int DIGITS = 0;
    private static final int LARGEST = 100;

    private final MarkNeeds needs;
    private final int number;
    private final int awaited;
    private final int value;
    private final int xMin;
    private final int yMin;

    /**
     * Tokens it takes to write the marks.
     *
     * @param open of a brace and an angle bracket
     * @param openRest of the opening angle bracket alone
     * @param between of a closing and an opening angle bracket
     * @param close of an angle bracket and a brace
     * @param closeRest of the closing brace alone
     */
    record MarkNeeds(int open, int openRest, int between, int close, int closeRest) {}

    /** A whole box. */
    BoxExpression(MarkNeeds needs) {
        this(needs, 0, '{', NO_VALUE, 0, 0);
    }

    private BoxExpression(MarkNeeds needs, int number, int awaited, int value, int xMin, int yMin) {
        this.needs = needs;
        this.number = number;
        this.awaited = awaited;
        this.value = value;
        this.xMin = xMin;
        this.yMin = yMin;
    }

    @Override
    Expression after(int next, int control) {
        if (awaited == DIGITS) {
            return next == '>' && value >= lowest() ? numberWritten() : digit(next);
        }
        if (next != awaited) {
            return NOTHING;
        }
        return switch (awaited) {
            case '{' -> new BoxExpression(needs, 0, '<', NO_VALUE, 0, 0);
            case '<' -> new BoxExpression(needs, number, DIGITS, NO_VALUE, xMin, yMin);
            default -> EMPTY;
        };
    }

    private Expression numberWritten() {
        return switch (number) {
            case 0 -> new BoxExpression(needs, 1, '<', NO_VALUE, value, 0);
            case 1 -> new BoxExpression(needs, 2, '<', NO_VALUE, xMin, value);
            case 2 -> new BoxExpression(needs, 3, '<', NO_VALUE, 0, yMin);
            default -> new BoxExpression(needs, 3, '}', NO_VALUE, 0, 0);
        };
    }

    private Expression digit(int next) {
        if (next < '0' || next > '9' || value == 0) {
            return NOTHING;
        }
        int grown = value == NO_VALUE ? next - '0' : 10 * value + next - '0';
        boolean isHopeless = grown > LARGEST || digitsTo(grown, lowest()) > 2;
        return isHopeless ? NOTHING : new BoxExpression(needs, number, DIGITS, grown, xMin, yMin);
    }

    /** The least the number may be. */
    private int lowest() {
        return number == 2 ? xMin : number == 3 ? yMin : 0;
    }

    /** How many more digits bring a value to at least the lowest and at most 100; 3 if none do. */
    private static int digitsTo(int value, int lowest) {
        if (value == NO_VALUE) {
            return digits(lowest);
        }
        if (value >= lowest) {
            return 0;
        }
        if (value > 0 && 10 * value <= LARGEST && Math.min(LARGEST, 10 * value + 9) >= lowest) {
            return 1;
        }
        return value == 1 ? 2 : 3;
    }

    private static int digits(int number) {
        return number < 10 ? 1 : number < 100 ? 2 : 3;
    }

    @Override
    boolean mayEnd() {
        return false;
    }

    @Override
    int need() {
        if (awaited == '}') {
            return needs.closeRest();
        }
        int mark = awaited == '{' ? needs.open() : awaited == '<' ? needs.openRest() : 0;
        int marksAfter = (3 - number) * needs.between() + needs.close();
        return mark + digitsTo(value, lowest()) + digitsAfter() + marksAfter;
    }

    /** The fewest digits of the numbers after this one, if this one becomes the least it can. */
    private int digitsAfter() {
        int least = Math.max(value, 0);
        return switch (number) {
            case 0 -> 1 + digits(least) + 1;
            case 1 -> digits(xMin) + digits(least);
            case 2 -> digits(yMin);
            default -> 0;
        };
    }

    /** The corner that does not bound the number at hand counts for no more than its number of digits. */
    @Override
    Expression forNextToken(TokenReach reach) {
        if (reach.spansNumbers()) {
            return this;
        }
        int x = number == 1 ? sameDigits(xMin) : xMin;
        int y = number == 2 ? sameDigits(yMin) : yMin;
        return x == xMin && y == yMin ? this : new BoxExpression(needs, number, awaited, value, x, y);
    }

    private static int sameDigits(int number) {
        return number < 10 ? 0 : number < 100 ? 10 : 100;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoxExpression box
                && number == box.number
                && awaited == box.awaited
                && value == box.value
                && xMin == box.xMin
                && yMin == box.yMin
                && needs.equals(box.needs);
    }

    @Override
    public int hashCode() {
        return (((number * 128 + awaited) * 128 + value) * 128 + xMin) * 128 + yMin;
    }
}
