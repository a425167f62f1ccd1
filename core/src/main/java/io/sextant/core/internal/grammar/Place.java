package io.sextant.core.internal.grammar;

import org.jspecify.annotations.Nullable;

/**
 * An expression and what is known of it: where each byte leads, which tokens may come, what is forced. Shared by all answers that pass
 * it. What it knows is found when first asked for; two threads may find it twice, with the same outcome.
 */
final class Place {
    private static final int BYTES = 256;
    private static final int UNKNOWN = -3;

    /** No byte can come: the text is over. */
    static final int NO_BYTE = -2;

    /** Several bytes can come. */
    static final int SEVERAL_BYTES = -1;

    private final Places places;
    private final Expression expression;
    private final int control;
    private final @Nullable Place[] next = new Place[BYTES];
    private volatile @Nullable Place forNextToken;
    private volatile int onlyByte = UNKNOWN;
    private volatile @Nullable AllowedTokens allowed;
    private volatile @Nullable ForcedTokens forced;

    Place(Places places, Expression expression, int control) {
        this.places = places;
        this.expression = expression;
        this.control = control;
    }

    Expression expression() {
        return expression;
    }

    int control() {
        return control;
    }

    boolean isDead() {
        return expression == Expression.NOTHING;
    }

    /** Where a byte, 0..255, leads. */
    Place after(int value) {
        // Places are safe to publish in a race: what they begin with is final.
        Place known = next[value];
        if (known != null) {
            return known;
        }
        Place found = places.after(this, value);
        next[value] = found;
        return found;
    }

    /** The place that the next token cannot tell from this one; this one itself if it leaves nothing out. */
    Place forNextToken() {
        Place known = forNextToken;
        if (known == null) {
            known = places.at(expression, control);
            forNextToken = known;
        }
        return known;
    }

    /** Tokens that lead to the end of the answer, the end of sequence included. */
    int need() {
        return Math.min(AllowedTokens.LARGEST_NEED, Expression.sum(expression.need(), 1));
    }

    /** The one byte that can come, or {@link #NO_BYTE} or {@link #SEVERAL_BYTES}. */
    int onlyByte() {
        int known = onlyByte;
        if (known != UNKNOWN) {
            return known;
        }
        int only = NO_BYTE;
        for (int value = 0; value < BYTES && only != SEVERAL_BYTES; value++) {
            if (expression.after(value, control) != Expression.NOTHING) {
                only = only == NO_BYTE ? value : SEVERAL_BYTES;
            }
        }
        onlyByte = only;
        return only;
    }

    /** Whether nothing but one byte, or nothing but the end can come. */
    boolean isForced() {
        return expression.mayEnd() ? onlyByte() == NO_BYTE : onlyByte() >= 0;
    }

    AllowedTokens allowed() {
        AllowedTokens known = allowed;
        if (known == null) {
            known = places.walk(this);
            allowed = known;
        }
        return known;
    }

    /** What is forced here, right as far as the next token reaches; beyond that {@link Places#force} tells from the expression itself. */
    ForcedTokens forced() {
        ForcedTokens known = forced;
        if (known == null) {
            known = places.force(expression, control, false);
            forced = known;
        }
        return known;
    }
}
