package io.sextant.core.internal.prompt;

import io.sextant.core.error.InvalidRequestException;
import io.sextant.core.prompt.ConversationForm;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Fits a conversation into the decoder's context by leaving out its oldest answered turns, each as a whole.
 *
 * <p>Images are never left out and never cut: those of turns that go move to the first turn that stays. Room is kept for
 * {@code maxNewTokens}, but for no more than a quarter of the context, so that a generous limit does not push out the
 * conversation; an answer may therefore end at the end of the context. Immutable and thread-safe.
 */
public final class ContextFit {
    private final PromptEncoder encoder;
    private final int visualTokens;
    private final int contextLength;

    /**
     * @param visualTokens positions of one image, at least 1
     * @param contextLength positions of the decoder, at least 1
     */
    public ContextFit(PromptEncoder encoder, int visualTokens, int contextLength) {
        if (visualTokens < 1 || contextLength < 1) {
            throw new IllegalArgumentException("visualTokens and contextLength must be at least 1, were " + visualTokens
                    + " and " + contextLength);
        }
        this.encoder = Objects.requireNonNull(encoder, "encoder");
        this.visualTokens = visualTokens;
        this.contextLength = contextLength;
    }

    /**
     * The longest end of a conversation that fits.
     *
     * @param turns at least one; all but the last are answered
     * @param imageCount images of the request
     * @param maxNewTokens longest answer, at least 1
     * @throws InvalidRequestException if the images do not fit the turns, or the last turn alone does not fit the context
     */
    public FittedPrompt fit(List<Turn> turns, int imageCount, ConversationForm form, int maxNewTokens) {
        int room = contextLength - Math.min(maxNewTokens, Math.max(1, contextLength / 4));
        int hopeless = hopeless(turns, form);
        EncodedPrompt longest = encodeWithout(hopeless, turns, imageCount, form);
        if (longest.length(visualTokens) <= room) {
            return fitted(longest, hopeless, maxNewTokens);
        }
        // Fewer turns are never longer, so the fewest to drop are found by halving.
        int tooFew = hopeless;
        int enough = turns.size() - 1;
        EncodedPrompt best = enough == hopeless ? longest : encodeWithout(enough, turns, imageCount, form);
        if (best.length(visualTokens) > room) {
            throw tooLong(best, turns.size(), contextLength - room);
        }
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            EncodedPrompt candidate = encodeWithout(middle, turns, imageCount, form);
            if (candidate.length(visualTokens) <= room) {
                enough = middle;
                best = candidate;
            } else {
                tooFew = middle;
            }
        }
        return fitted(best, enough, maxNewTokens);
    }

    /**
     * How many of the oldest turns need not be encoded to see that they do not fit: a megabyte of words takes seconds.
     *
     * @throws InvalidRequestException if that is all of them
     */
    private int hopeless(List<Turn> turns, ConversationForm form) {
        long positions = 0;
        for (int i = turns.size() - 1; i >= 0; i--) {
            positions += encoder.fewestPositions(turns.get(i), form);
            if (positions > contextLength && i == turns.size() - 1) {
                throw new InvalidRequestException("The question takes at least " + positions
                        + " positions, but the model's context has " + contextLength + "; shorten the question");
            }
            if (positions > contextLength) {
                return i + 1;
            }
        }
        return 0;
    }

    private FittedPrompt fitted(EncodedPrompt prompt, int dropped, int maxNewTokens) {
        int length = prompt.length(visualTokens);
        return new FittedPrompt(prompt, length, dropped, Math.min(maxNewTokens, contextLength - length));
    }

    private EncodedPrompt encodeWithout(int dropped, List<Turn> turns, int imageCount, ConversationForm form) {
        int orphans = 0;
        for (Turn turn : turns.subList(0, dropped)) {
            orphans += Collections.frequency(turn.question(), PromptSegment.image());
        }
        List<Turn> kept = new ArrayList<>(turns.subList(dropped, turns.size()));
        if (orphans > 0) {
            List<PromptSegment> question = new ArrayList<>(Collections.nCopies(orphans, PromptSegment.image()));
            question.addAll(kept.get(0).question());
            kept.set(0, new Turn(question, kept.get(0).answer()));
        }
        return encoder.encode(kept, imageCount, form);
    }

    private InvalidRequestException tooLong(EncodedPrompt last, int turns, int answer) {
        return new InvalidRequestException("The " + (turns == 1 ? "question" : "last question of " + turns + " turns")
                + " takes " + last.length(visualTokens) + " positions (" + last.tokenCount() + " of text, "
                + last.imageCount() + " x " + visualTokens + " of images) and its answer needs room for " + answer
                + ", but the model's context has " + contextLength
                + "; shorten the question, send fewer images or lower maxNewTokens");
    }
}
