package io.sextant.core.internal.grammar;

import io.sextant.core.grammar.AnswerGrammar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One text or another. No option is a choice, and none is within another one as far as that is easily seen. */
final class Choice extends Expression {
    /**
     * Beyond this, the options that take the most tokens are dropped: fewer texts then, but none that is wrong. Those that a grammar may
     * name fit, with the ways to go on that a byte adds.
     */
    private static final int MOST_OPTIONS = 2 * AnswerGrammar.Either.MOST_OPTIONS;

    private final Set<Expression> options;
    private final boolean mayEnd;
    private final int need;
    private final int hash;

    private Choice(Collection<Expression> options) {
        this.options = new LinkedHashSet<>(options);
        this.mayEnd = options.stream().anyMatch(Expression::mayEnd);
        this.need = options.stream().mapToInt(Expression::need).min().orElse(TOO_MANY);
        this.hash = this.options.hashCode();
    }

    static Expression of(Expression one, Expression other) {
        if (one == NOTHING || one.equals(other)) {
            return other;
        }
        return other == NOTHING ? one : of(List.of(one, other));
    }

    static Expression of(List<Expression> parts) {
        List<Expression> options = new ArrayList<>();
        for (Expression part : parts) {
            if (part instanceof Choice choice) {
                choice.options.forEach(option -> add(option, options));
            } else if (part != NOTHING) {
                add(part, options);
            }
        }
        if (options.isEmpty()) {
            return NOTHING;
        }
        if (options.size() > MOST_OPTIONS) {
            options.sort(Comparator.comparingInt(Expression::need));
            options.subList(MOST_OPTIONS, options.size()).clear();
        }
        return options.size() == 1 ? options.get(0) : new Choice(options);
    }

    private static void add(Expression option, List<Expression> options) {
        if (options.stream().anyMatch(other -> includes(other, option))) {
            return;
        }
        options.removeIf(other -> includes(option, other));
        options.add(option);
    }

    private static boolean includes(Expression larger, Expression smaller) {
        if (larger.equals(smaller)) {
            return true;
        }
        if (larger instanceof Chain a && smaller instanceof Chain b) {
            return a.first() instanceof AnyCharacters
                    && includes(a.first(), b.first())
                    && a.rest().equals(b.rest());
        }
        return larger instanceof AnyCharacters a && smaller instanceof AnyCharacters b && a.includes(b);
    }

    @Override
    Expression after(int value, int control) {
        List<Expression> rests = new ArrayList<>(options.size());
        for (Expression option : options) {
            Expression rest = option.after(value, control);
            if (rest != NOTHING) {
                rests.add(rest);
            }
        }
        return of(rests);
    }

    @Override
    boolean mayEnd() {
        return mayEnd;
    }

    @Override
    int need() {
        return need;
    }

    @Override
    Expression forNextToken(TokenReach reach) {
        List<Expression> next = new ArrayList<>(options.size());
        boolean isChanged = false;
        for (Expression option : options) {
            Expression nextOption = option.forNextToken(reach);
            isChanged |= nextOption != option;
            next.add(nextOption);
        }
        return isChanged ? of(next) : this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Choice choice && hash == choice.hash && options.equals(choice.options);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
