package io.sextant.training.world.language;

/**
 * A question in words and its answer.
 *
 * @param question with its question mark
 * @param answer in a few words, as {@code [vqa]} answers
 * @param sentence the same in a sentence, as a question without an identifier is answered
 */
record Asked(String question, String answer, String sentence) {}
