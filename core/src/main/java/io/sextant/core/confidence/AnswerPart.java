package io.sextant.core.confidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a confidence is about. */
public enum AnswerPart {
    /** A whole answer in words. */
    ANSWER,
    /** The words of a phrase. */
    PHRASE,
    /** The four numbers of a box. */
    BOX;

    /** The name in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The part of that name. */
    public static Optional<AnswerPart> named(String word) {
        return Arrays.stream(values()).filter(part -> part.word().equals(word)).findFirst();
    }
}
