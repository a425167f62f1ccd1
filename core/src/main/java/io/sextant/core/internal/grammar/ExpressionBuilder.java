package io.sextant.core.internal.grammar;

import io.sextant.core.grammar.AnswerGrammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns one grammar into an expression. Used by one thread. */
final class ExpressionBuilder {
    private static final String MARKUP = "<{}>";
    private static final String DELIMITER = "<delim>";
    private static final int UNLIMITED = AnswerGrammar.UNLIMITED;

    private final VocabularyTrie vocabulary;
    private final Map<List<String>, Expression> words = new HashMap<>();

    ExpressionBuilder(VocabularyTrie vocabulary) {
        this.vocabulary = vocabulary;
    }

    Expression build(AnswerGrammar grammar) {
        if (grammar instanceof AnswerGrammar.Box) {
            return box();
        }
        if (grammar instanceof AnswerGrammar.Boxes boxes) {
            return new Repetition(box(), text(DELIMITER), boxes.min(), boxes.max());
        }
        if (grammar instanceof AnswerGrammar.Phrases phrases) {
            return new Repetition(phrase(), text(" "), phrases.min(), phrases.max());
        }
        if (grammar instanceof AnswerGrammar.GroundedText) {
            return groundedText();
        }
        if (grammar instanceof AnswerGrammar.OneOf set) {
            return words(set.texts());
        }
        if (grammar instanceof AnswerGrammar.Number number) {
            return new NumberExpression(new NumberExpression.Bounds(number.min(), number.max(), number.decimals()));
        }
        if (grammar instanceof AnswerGrammar.Text literal) {
            return text(literal.text());
        }
        if (grammar instanceof AnswerGrammar.AnyText any) {
            return anyText(any.minCharacters(), any.maxCharacters(), any.excluded());
        }
        if (grammar instanceof AnswerGrammar.Sequence sequence) {
            return chain(sequence.parts().stream().map(this::build).toList());
        }
        if (grammar instanceof AnswerGrammar.Either either) {
            return Choice.of(either.options().stream().map(this::build).toList());
        }
        if (grammar instanceof AnswerGrammar.Repeat repeat) {
            return new Repetition(build(repeat.grammar()), text(repeat.separator()), repeat.min(), repeat.max());
        }
        throw new IllegalArgumentException("no expression for the grammar " + grammar.id());
    }

    Expression text(String text) {
        return words(List.of(text));
    }

    private Expression words(List<String> texts) {
        Expression known = words.get(texts);
        if (known == null) {
            known = Words.of(tree(texts));
            words.put(texts, known);
        }
        return known;
    }

    private WordTree tree(List<String> texts) {
        List<byte[]> bytes = new ArrayList<>();
        texts.forEach(text -> bytes.add(text.getBytes(StandardCharsets.UTF_8)));
        return WordTree.of(bytes, vocabulary);
    }

    private static Expression anyText(int min, int max, String excluded) {
        BitSet characters = new BitSet();
        excluded.chars().forEach(characters::set);
        return new AnyCharacters(characters, min, max);
    }

    private Expression box() {
        return new BoxExpression(new BoxExpression.MarkNeeds(need("{<"), need("<"), need("><"), need(">}"), need("}")));
    }

    private int need(String mark) {
        return text(mark).need();
    }

    /** {@code <p>words</p>}, and a blank and boxes behind it where there are any. */
    private Expression phrase() {
        Expression tagged =
                chain(List.of(text("<p>"), anyText(1, AnswerGrammar.Phrases.LONGEST_PHRASE, MARKUP), text("</p>")));
        Expression boxes = Chain.of(text(" "), new Repetition(box(), text(DELIMITER), 1, UNLIMITED));
        return Chain.of(tagged, new Repetition(boxes, text(""), 0, 1));
    }

    /** Phrases in a text do not touch: the reference's demo would take two of them for one. */
    private Expression groundedText() {
        Expression words = anyText(1, UNLIMITED, MARKUP);
        Expression maybeWords = anyText(0, UNLIMITED, MARKUP);
        Expression more = Chain.of(Choice.of(text(" "), words), phrase());
        return Choice.of(
                words, chain(List.of(maybeWords, phrase(), new Repetition(more, text(""), 0, UNLIMITED), maybeWords)));
    }

    private static Expression chain(List<Expression> parts) {
        Expression chain = Expression.EMPTY;
        for (int i = parts.size() - 1; i >= 0; i--) {
            chain = Chain.of(parts.get(i), chain);
        }
        return chain;
    }
}
