package io.sextant.tasks.testkit;

import io.sextant.core.grammar.AnswerGrammar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Texts that a model held to a grammar may write. The same for the same seed. */
final class GrammarTexts {
    private static final String LETTERS = "abz AZ09,.-'?!()[]/\"é日";
    private static final int FEW = 3;

    private final Random random;

    GrammarTexts(long seed) {
        random = new Random(seed);
    }

    /** Some texts of a grammar that is not free, blanks at their ends stripped as the toolkit does. */
    List<String> take(AnswerGrammar grammar, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(grammar).strip());
        }
        return texts;
    }

    private String text(AnswerGrammar grammar) {
        if (grammar instanceof AnswerGrammar.Box) {
            return box();
        }
        if (grammar instanceof AnswerGrammar.Boxes boxes) {
            return several(this::box, boxes.min(), boxes.max(), "<delim>");
        }
        if (grammar instanceof AnswerGrammar.Phrases phrases) {
            return several(this::phrase, phrases.min(), phrases.max(), " ");
        }
        if (grammar instanceof AnswerGrammar.GroundedText) {
            return several(() -> words(1, 9) + " " + phrase() + " ", 1, FEW, "") + words(1, 9);
        }
        if (grammar instanceof AnswerGrammar.OneOf set) {
            return oneOf(set.texts());
        }
        if (grammar instanceof AnswerGrammar.Number number) {
            return number(number);
        }
        if (grammar instanceof AnswerGrammar.Text literal) {
            return literal.text();
        }
        if (grammar instanceof AnswerGrammar.AnyText any) {
            return anyText(any);
        }
        if (grammar instanceof AnswerGrammar.Sequence sequence) {
            return sequence.parts().stream().map(this::text).collect(Collectors.joining());
        }
        if (grammar instanceof AnswerGrammar.Either either) {
            return text(oneOf(either.options()));
        }
        if (grammar instanceof AnswerGrammar.Repeat repeat) {
            return several(() -> text(repeat.grammar()), repeat.min(), repeat.max(), repeat.separator());
        }
        throw new IllegalArgumentException("no texts for the grammar " + grammar.id());
    }

    private String several(Part part, int min, int max, String separator) {
        int count = min + random.nextInt(Math.min(FEW, max - min) + 1);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(part.text());
        }
        return String.join(separator, texts);
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String box() {
        int xMin = random.nextInt(101);
        int yMin = random.nextInt(101);
        int xMax = xMin + random.nextInt(101 - xMin);
        int yMax = yMin + random.nextInt(101 - yMin);
        return "{<" + xMin + "><" + yMin + "><" + xMax + "><" + yMax + ">}";
    }

    private String phrase() {
        String tagged = "<p>" + words(1, 20) + "</p>";
        return random.nextInt(4) == 0 ? tagged : tagged + " " + several(this::box, 1, FEW, "<delim>");
    }

    private String words(int min, int max) {
        return anyText(new AnswerGrammar.AnyText(min, max, "<{}>["));
    }

    private String anyText(AnswerGrammar.AnyText any) {
        int max = Math.min(any.maxCharacters(), any.minCharacters() + 20);
        StringBuilder text = new StringBuilder();
        int length = any.minCharacters() + random.nextInt(max - any.minCharacters() + 1);
        while (text.length() < length) {
            char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
            boolean isTooBlank = c == ' ' && text.length() < any.minCharacters();
            if (any.excluded().indexOf(c) < 0 && c != '[' && !isTooBlank) {
                text.append(c);
            }
        }
        return text.toString();
    }

    private String number(AnswerGrammar.Number number) {
        long span = Math.min(number.max() - number.min(), 1_000_000);
        long value = (random.nextBoolean() ? number.min() : number.max() - span) + (long) (random.nextDouble() * span);
        boolean withPoint = number.decimals() > 0 && value >= 0 && value < number.max() && random.nextBoolean();
        return withPoint ? value + "." + random.nextInt(10) : String.valueOf(value);
    }

    /** Writes one of several. */
    @FunctionalInterface
    private interface Part {
        String text();
    }
}
