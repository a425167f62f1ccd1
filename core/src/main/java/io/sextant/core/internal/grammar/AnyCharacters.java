package io.sextant.core.internal.grammar;

import java.util.BitSet;
import java.util.Objects;

/** Any characters of a set, well-formed UTF-8, no control word and no beginning of one at the end. */
final class AnyCharacters extends Expression {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final BitSet excluded;
    private final int min;
    private final int max;
    private final boolean isOpen;
    private final Partial partial;

    /** @param excluded ASCII characters, not changed any more */
    AnyCharacters(BitSet excluded, int min, int max) {
        this(excluded, min, max, false, Partial.NONE);
    }

    /**
     * @param min characters that are no blanks that must still begin
     * @param max characters that may still begin
     * @param isOpen whether the last characters begin a control word, so that others must follow
     * @param partial what there is of a character that takes several bytes
     */
    private AnyCharacters(BitSet excluded, int min, int max, boolean isOpen, Partial partial) {
        this.excluded = excluded;
        this.min = min;
        this.max = max;
        this.isOpen = isOpen;
        this.partial = partial;
    }

    /** Whether each text of the other is one of this. */
    boolean includes(AnyCharacters other) {
        return min <= other.min
                && max >= other.max
                && isOpen == other.isOpen
                && partial.equals(other.partial)
                && excluded.equals(other.excluded);
    }

    @Override
    Expression after(int value, int control) {
        if (!partial.isWhole()) {
            Partial next = partial.after(value);
            return next.isPossible() ? new AnyCharacters(excluded, min, max, false, next) : NOTHING;
        }
        if (value >= 0x80) {
            Partial begun = Partial.begin(value);
            return begun.isPossible() ? begin(true, false, begun) : NOTHING;
        }
        int written = ControlWords.next(control, value);
        if (value < ' ' || value == 0x7F || excluded.get(value) || written == ControlWords.WRITTEN) {
            return NOTHING;
        }
        return begin(value != ' ', written != ControlWords.NOTHING, Partial.NONE);
    }

    private Expression begin(boolean isVisible, boolean opens, Partial begun) {
        int minLeft = isVisible ? Math.max(0, min - 1) : min;
        int maxLeft = max == UNLIMITED ? max : max - 1;
        boolean isDeadEnd = maxLeft < Math.max(minLeft, opens ? 1 : 0);
        return isDeadEnd ? NOTHING : new AnyCharacters(excluded, minLeft, maxLeft, opens, begun);
    }

    @Override
    boolean mayEnd() {
        return min == 0 && !isOpen && partial.isWhole();
    }

    /** A letter takes one token, and no letter of a to e goes on with a control word. */
    @Override
    int need() {
        return partial.missing() + Math.max(min, isOpen ? 1 : 0);
    }

    @Override
    Expression forNextToken(TokenReach reach) {
        boolean isOutOfReach = max != UNLIMITED && max > reach.longest() + min;
        return isOutOfReach ? new AnyCharacters(excluded, min, UNLIMITED, isOpen, partial) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnyCharacters any
                && min == any.min
                && max == any.max
                && isOpen == any.isOpen
                && partial.equals(any.partial)
                && excluded.equals(any.excluded);
    }

    @Override
    public int hashCode() {
        return Objects.hash(min, max, isOpen, partial);
    }

    /**
     * The first bytes of a character that takes several.
     *
     * @param missing bytes still to come, 0..3; -1 if no character begins so
     * @param codePoint what the bytes so far give
     * @param lowest the least the next byte may be
     * @param highest the most the next byte may be
     */
    private record Partial(int missing, int codePoint, int lowest, int highest) {
        static final Partial NONE = new Partial(0, 0, 0, 0);
        private static final Partial IMPOSSIBLE = new Partial(-1, 0, 0, 0);

        /** RFC 3629, section 4: no overlong forms, no surrogates, nothing past U+10FFFF. */
        static Partial begin(int lead) {
            if (lead < 0xC2 || lead > 0xF4) {
                return IMPOSSIBLE;
            }
            if (lead < 0xE0) {
                return new Partial(1, lead & 0x1F, 0x80, 0xBF);
            }
            if (lead < 0xF0) {
                return new Partial(2, lead & 0x0F, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
            }
            return new Partial(3, lead & 0x07, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
        }

        Partial after(int value) {
            if (value < lowest || value > highest) {
                return IMPOSSIBLE;
            }
            int points = codePoint << 6 | (value & 0x3F);
            if (missing > 1) {
                return new Partial(missing - 1, points, 0x80, 0xBF);
            }
            return isBlankOrControl(points) ? IMPOSSIBLE : NONE;
        }

        private static boolean isBlankOrControl(int point) {
            return Character.isSpaceChar(point) || Character.getType(point) == Character.CONTROL;
        }

        boolean isPossible() {
            return missing >= 0;
        }

        boolean isWhole() {
            return missing == 0;
        }
    }
}
