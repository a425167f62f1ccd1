package io.sextant.core.internal.prompt;

import java.util.Objects;

/**
 * A prompt that leaves room for its answer.
 *
 * @param prompt what the decoder is fed
 * @param length positions it takes, images included
 * @param droppedTurns how many of the oldest answered turns were left out
 * @param maxNewTokens how long the answer can become: what was asked for, or less where the context ends before
 */
public record FittedPrompt(EncodedPrompt prompt, int length, int droppedTurns, int maxNewTokens) {
    public FittedPrompt {
        Objects.requireNonNull(prompt, "prompt");
    }

    /** Positions that are computed at most for prompt and answer: the answer's last token is written, not computed. */
    public int positions() {
        return length + maxNewTokens - 1;
    }
}
