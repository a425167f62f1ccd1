package io.sextant.core;

import io.sextant.core.prompt.ConversationForm;
import java.util.Objects;

/**
 * How an answer is generated. Changed with the {@code with} methods, so that further fields break nobody; the canonical constructor may
 * change.
 *
 * @param decoding greedy, sampling or beam search
 * @param maxNewTokens longest answer in tokens, end of sequence included; at least 1
 * @param repetitionPenalty over 1 discourages tokens already written, 1 does nothing; more than 0
 * @param conversationForm how earlier rounds are written
 * @param isConstrained whether answers are held to the grammar of their request; without, the model writes what it writes
 * @param hasRefinedBoxes whether boxes get edges finer than the numbers written, from how probable the numbers beside them were
 */
public record GenerationSettings(
        Decoding decoding,
        int maxNewTokens,
        double repetitionPenalty,
        ConversationForm conversationForm,
        boolean isConstrained,
        boolean hasRefinedBoxes) {
    /** Greedy, up to 500 new tokens, no penalty, earlier rounds as in training, held to grammars, boxes as they are written. */
    public static final GenerationSettings DEFAULT =
            new GenerationSettings(new Decoding.Greedy(), 500, 1.0, ConversationForm.TRAINING, true, false);

    public GenerationSettings {
        Objects.requireNonNull(decoding, "decoding");
        Objects.requireNonNull(conversationForm, "conversationForm");
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, was " + maxNewTokens);
        }
        if (!(repetitionPenalty > 0) || !Double.isFinite(repetitionPenalty)) {
            throw new IllegalArgumentException("repetitionPenalty must be more than 0, was " + repetitionPenalty);
        }
    }

    /** The same settings with another decoding. */
    public GenerationSettings withDecoding(Decoding value) {
        return new GenerationSettings(
                value, maxNewTokens, repetitionPenalty, conversationForm, isConstrained, hasRefinedBoxes);
    }

    /** The same settings with another longest answer. */
    public GenerationSettings withMaxNewTokens(int value) {
        return new GenerationSettings(
                decoding, value, repetitionPenalty, conversationForm, isConstrained, hasRefinedBoxes);
    }

    /** The same settings with another repetition penalty. */
    public GenerationSettings withRepetitionPenalty(double value) {
        return new GenerationSettings(decoding, maxNewTokens, value, conversationForm, isConstrained, hasRefinedBoxes);
    }

    /** The same settings with another form of earlier rounds. */
    public GenerationSettings withConversationForm(ConversationForm value) {
        return new GenerationSettings(decoding, maxNewTokens, repetitionPenalty, value, isConstrained, hasRefinedBoxes);
    }

    /** The same settings, answers held to their grammars or not. */
    public GenerationSettings withConstrained(boolean value) {
        return new GenerationSettings(
                decoding, maxNewTokens, repetitionPenalty, conversationForm, value, hasRefinedBoxes);
    }

    /** The same settings, boxes with finer edges or as they are written. */
    public GenerationSettings withRefinedBoxes(boolean value) {
        return new GenerationSettings(
                decoding, maxNewTokens, repetitionPenalty, conversationForm, isConstrained, value);
    }
}
