package io.sextant.training.world.language;

import io.sextant.core.grammar.AnswerGrammar;

/** What an answer to each task may look like: the grammars that the application's own tasks have. */
public final class AnswerForms {
    private AnswerForms() {}

    /** The grammar of a task's answers; free where these are words. */
    public static AnswerGrammar of(Task task) {
        return switch (task) {
            case REFER -> AnswerGrammar.box();
            case DETECTION -> AnswerGrammar.phrases(1, AnswerGrammar.UNLIMITED);
            case GROUNDING -> AnswerGrammar.groundedText();
            default -> AnswerGrammar.free();
        };
    }
}
