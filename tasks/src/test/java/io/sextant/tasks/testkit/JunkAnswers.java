package io.sextant.tasks.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts a model may write when it goes astray: pieces of boxes, tags and words in any order. The same for the same seed. */
final class JunkAnswers {
    private static final String[] PIECES = {
        "<p>",
        "</p>",
        "<delim>",
        "{",
        "}",
        "{<",
        ">}",
        "<",
        ">",
        "><",
        "{<10><20><30><40>}",
        "{<90><90><10><10>}",
        "{<0><0><100><100>}",
        "{<101><-5><300><50>}",
        "{<99999999999999999999><1><2><3>}",
        "0",
        "7",
        "-",
        "3.5",
        "1e309",
        " ",
        "\n",
        "a cat",
        "yes",
        "No.",
        "\u00e9",
        "\uD83D\uDE00",
        "\uD83D",
        "\u0000",
        "\"",
        "\\",
        "[vqa]",
        "[/INST]",
        "</s>"
    };
    private static final int MAX_PIECES = 12;

    private final Random random;

    JunkAnswers(long seed) {
        random = new Random(seed);
    }

    /** The first few are empty or very short. */
    List<String> take(int count) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(answer(random.nextInt(1 + Math.min(i, MAX_PIECES))));
        }
        return answers;
    }

    private String answer(int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
