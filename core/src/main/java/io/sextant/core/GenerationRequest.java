package io.sextant.core;

import io.sextant.core.grammar.AnswerGrammar;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to the model: images (none for a text-only request), the conversation so far, how to answer, and how urgent it is. Made with
 * a {@link #builder}, so that further fields break nobody; the canonical constructor may change.
 *
 * @param images in the order their places appear in the turns; none to several
 * @param turns at least one; all but the last are answered, the last is open
 * @param settings how to generate
 * @param grammar what the answer may look like, where the settings hold answers to their grammars
 * @param share whose part of the model's time the request counts against
 * @param priority requests of a higher one are begun first; 0 unless said otherwise
 * @param deadline when the answer is of no use any more; null if it always is
 * @param listener hears the answer while it is written; null if nobody does
 */
public record GenerationRequest(
        List<RgbImage> images,
        List<Turn> turns,
        GenerationSettings settings,
        AnswerGrammar grammar,
        Share share,
        int priority,
        @Nullable Instant deadline,
        @Nullable TextListener listener) {
    public GenerationRequest {
        images = List.copyOf(images);
        turns = List.copyOf(turns);
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(grammar, "grammar");
        Objects.requireNonNull(share, "share");
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("A request needs at least one turn");
        }
        for (int i = 0; i < turns.size(); i++) {
            boolean isLast = i == turns.size() - 1;
            if (turns.get(i).isAnswered() == isLast) {
                throw new IllegalArgumentException("Only the last turn of a request is open; turn " + (i + 1) + " of "
                        + turns.size() + (isLast ? " already has an answer" : " has no answer"));
            }
        }
    }

    /** A request of nobody in particular, without a grammar or a deadline. */
    public GenerationRequest(List<RgbImage> images, List<Turn> turns, GenerationSettings settings) {
        this(images, turns, settings, AnswerGrammar.free(), Share.NONE, 0, null, null);
    }

    /** A request in the making. */
    public static Builder builder(List<RgbImage> images, List<Turn> turns) {
        return new Builder(images, turns);
    }

    /** This request in the making of another. */
    public Builder toBuilder() {
        return new Builder(images, turns)
                .settings(settings)
                .grammar(grammar)
                .share(share)
                .priority(priority)
                .deadline(deadline)
                .listener(listener);
    }

    /** Collects what a request says. Not thread-safe. */
    public static final class Builder {
        private final List<RgbImage> images;
        private final List<Turn> turns;
        private GenerationSettings settings = GenerationSettings.DEFAULT;
        private AnswerGrammar grammar = AnswerGrammar.free();
        private Share share = Share.NONE;
        private int priority;
        private @Nullable Instant deadline;
        private @Nullable TextListener listener;

        private Builder(List<RgbImage> images, List<Turn> turns) {
            this.images = images;
            this.turns = turns;
        }

        /** How to generate; {@link GenerationSettings#DEFAULT} unless said. */
        public Builder settings(GenerationSettings value) {
            settings = value;
            return this;
        }

        /** What the answer may look like; anything unless said. */
        public Builder grammar(AnswerGrammar value) {
            grammar = value;
            return this;
        }

        /** Whose part of the model's time the request counts against; {@link Share#NONE} unless said. */
        public Builder share(Share value) {
            share = value;
            return this;
        }

        /** Requests of a higher priority are begun first; 0 unless said. */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /** When the answer is of no use any more; null, the default, if it always is. */
        public Builder deadline(@Nullable Instant value) {
            deadline = value;
            return this;
        }

        /** Who hears the answer while it is written; null, the default, if nobody does. */
        public Builder listener(@Nullable TextListener value) {
            listener = value;
            return this;
        }

        /** The request. */
        public GenerationRequest build() {
            return new GenerationRequest(images, turns, settings, grammar, share, priority, deadline, listener);
        }
    }
}
