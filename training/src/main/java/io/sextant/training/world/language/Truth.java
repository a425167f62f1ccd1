package io.sextant.training.world.language;

import io.sextant.core.box.PixelBox;
import java.util.List;

/** What a model's answer is scored against. */
public sealed interface Truth {
    /**
     * Of referring expression comprehension.
     *
     * @param boxes at least one, in pixels; the first counts
     */
    record Boxes(List<PixelBox> boxes) implements Truth {
        public Boxes {
            boxes = List.copyOf(boxes);
            if (boxes.isEmpty()) {
                throw new IllegalArgumentException("boxes must not be empty");
            }
        }
    }

    /**
     * Of questions that are answered in words.
     *
     * @param answers at least one, each of them right
     */
    record Answers(List<String> answers) implements Truth {
        public Answers {
            answers = List.copyOf(answers);
            if (answers.isEmpty()) {
                throw new IllegalArgumentException("answers must not be empty");
            }
        }
    }

    /**
     * Of detection and grounded captions.
     *
     * @param phrases in the order they are said
     */
    record Phrases(List<GroundedPhrase> phrases) implements Truth {
        public Phrases {
            phrases = List.copyOf(phrases);
        }
    }

    /**
     * Of captions.
     *
     * @param nouns that the image shows, each once
     */
    record Objects(List<String> nouns) implements Truth {
        public Objects {
            nouns = List.copyOf(nouns);
        }
    }
}
