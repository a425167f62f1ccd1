package io.sextant.core.internal.grammar;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One answer's way through the places of a grammar. */
final class ExpressionConstraint implements TokenConstraint {
    private static final int[] NONE = {};

    private final Places places;
    private Expression expression;
    private int control = ControlWords.NOTHING;
    private boolean isComplete;
    private Place place;
    private @Nullable ForcedTokens forced;

    /** @param forcedAtStart what must come first, with the blank in front of an answer */
    ExpressionConstraint(Places places, Expression start, ForcedTokens forcedAtStart) {
        this.places = places;
        this.expression = start;
        this.place = places.at(start, control);
        this.forced = forcedAtStart;
    }

    private ExpressionConstraint(ExpressionConstraint other) {
        places = other.places;
        expression = other.expression;
        control = other.control;
        isComplete = other.isComplete;
        place = other.place;
        forced = other.forced;
    }

    @Override
    public void mask(float[] scores, int remaining) {
        if (isComplete) {
            float end = scores[places.endOfSequence()];
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            scores[places.endOfSequence()] = Float.isFinite(end) ? end : 0;
            return;
        }
        place.allowed().mask(scores, remaining);
    }

    @Override
    public void advance(int id) {
        if (id == places.endOfSequence() && (isComplete || expression.mayEnd())) {
            isComplete = true;
            return;
        }
        byte[] text = places.bytes(id);
        if (text.length == 0 || isComplete) {
            throw refused(id);
        }
        if (place.expression() == expression) {
            // The place leaves nothing out, so where its bytes lead is remembered.
            advanceByPlaces(id, text);
        } else {
            advanceByExpressions(id, text);
        }
        forced = null;
    }

    private void advanceByPlaces(int id, byte[] text) {
        Place next = place;
        for (byte value : text) {
            next = next.after(value & 0xFF);
        }
        if (next.isDead()) {
            throw refused(id);
        }
        expression = next.expression();
        control = next.control();
        place = next.forNextToken();
    }

    private void advanceByExpressions(int id, byte[] text) {
        Expression next = expression;
        int nextControl = control;
        for (byte value : text) {
            next = next.after(value & 0xFF, nextControl);
            nextControl = Math.max(ControlWords.NOTHING, ControlWords.next(nextControl, value & 0xFF));
        }
        if (next == Expression.NOTHING) {
            throw refused(id);
        }
        control = nextControl;
        place = places.at(next, control);
        expression = place.expression().equals(next) ? place.expression() : next;
    }

    private static IllegalArgumentException refused(int id) {
        return new IllegalArgumentException("The grammar does not allow the token " + id + " here");
    }

    @Override
    public int[] forced(int remaining) {
        if (isComplete) {
            return NONE;
        }
        ForcedTokens must = forced;
        if (must == null) {
            must = found();
            forced = must;
        }
        return must.fits(remaining) ? must.ids().clone() : NONE;
    }

    private ForcedTokens found() {
        if (!place.isForced()) {
            return ForcedTokens.NONE;
        }
        ForcedTokens known = place.forced();
        return places.isInReach(known) ? known : places.force(expression, control, false);
    }

    @Override
    public boolean isComplete() {
        return isComplete;
    }

    @Override
    public TokenConstraint copy() {
        return new ExpressionConstraint(this);
    }
}
