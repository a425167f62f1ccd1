package io.sextant.training.world.language;

import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Questions about the world that need no image, answered in a short sentence. */
final class TextQuestions {
    private static final Set<String> UNCOUNTED = Set.of("food", "furniture");

    private final Nouns nouns;
    private final List<Noun> coloured;
    private final List<Noun> sorted;
    private final List<String> kinds;

    TextQuestions(Nouns nouns) {
        this.nouns = nouns;
        this.coloured = nouns.list().stream().filter(Noun::hasColour).toList();
        this.sorted = nouns.list().stream().filter(Noun::hasKind).toList();
        this.kinds = sorted.stream().map(Noun::kind).distinct().toList();
    }

    Question ask(RandomGenerator random) {
        Asked asked = switch (random.nextInt(7)) {
            case 0 -> plural(Wording.oneOf(nouns.list(), random));
            case 1 -> more(random.nextInt(1, 11), random.nextInt(1, 11));
            case 2 -> next(random.nextInt(0, 10), random.nextBoolean());
            case 3 -> sum(random.nextInt(0, 6), random.nextInt(0, 6));
            case 4 -> colour(random);
            case 5 -> kind(random);
            default -> singular(Wording.oneOf(nouns.list(), random));
        };
        return Question.of(
                Task.CHAT,
                Wording.question(asked.question(), random),
                asked.sentence(),
                new Truth.Answers(List.of(asked.sentence(), asked.answer())));
    }

    private static Asked plural(Noun noun) {
        return new Asked(
                "what is the plural of " + noun.name() + "?",
                noun.plural(),
                "the plural of " + noun.name() + " is " + noun.plural());
    }

    private static Asked singular(Noun noun) {
        return new Asked(
                "what is one of the " + noun.plural() + " called?", noun.one(), "one of them is called " + noun.one());
    }

    private static Asked more(int first, int second) {
        boolean isMore = first > second;
        return new Asked(
                "is " + first + " more than " + second + "?",
                isMore ? "yes" : "no",
                isMore ? "yes, " + first + " is more than " + second : "no, " + first + " is not more than " + second);
    }

    private static Asked next(int number, boolean isAfter) {
        int result = isAfter ? number + 1 : number;
        int given = isAfter ? number : number + 1;
        String word = isAfter ? "after" : "before";
        return new Asked(
                "what comes " + word + " " + given + "?",
                String.valueOf(result),
                result + " comes " + word + " " + given);
    }

    private static Asked sum(int first, int second) {
        String sum = String.valueOf(first + second);
        return new Asked(
                "how many are " + first + " and " + second + "?", sum, first + " and " + second + " are " + sum);
    }

    private Asked colour(RandomGenerator random) {
        Noun noun = Wording.oneOf(coloured, random);
        return new Asked("what color is " + noun.one() + "?", noun.colour(), noun.one() + " is " + noun.colour());
    }

    private Asked kind(RandomGenerator random) {
        Noun noun = Wording.oneOf(sorted, random);
        String kind = random.nextBoolean() ? noun.kind() : Wording.oneOf(kinds, random);
        boolean isOfKind = kind.equals(noun.kind());
        String withArticle = withArticle(kind);
        return new Asked(
                "is " + noun.one() + " " + withArticle + "?",
                isOfKind ? "yes" : "no",
                isOfKind
                        ? "yes, " + noun.one() + " is " + withArticle
                        : "no, " + noun.one() + " is not " + withArticle);
    }

    private static String withArticle(String kind) {
        if (UNCOUNTED.contains(kind)) {
            return kind;
        }
        return ("aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }
}
