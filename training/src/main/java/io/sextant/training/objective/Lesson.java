package io.sextant.training.objective;

import io.sextant.training.sequence.Dialogue;
import io.sextant.training.world.language.Question;

/**
 * A dialogue to learn, and its last question with what is true.
 *
 * @param question that the dialogue ends with
 * @param dialogue with all answers
 */
record Lesson(Question question, Dialogue dialogue) {}
