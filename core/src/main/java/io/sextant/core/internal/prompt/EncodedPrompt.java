package io.sextant.core.internal.prompt;

import java.util.List;
import java.util.Objects;

/**
 * A prompt as the decoder is fed.
 *
 * @param parts token ids and image places in order; no two neighbours are both token ids
 * @param text the same as text, with {@code <ImageHere>} for every image; for tests, as a user's words are in it
 * @param turnEnds where answered questions end whose answers are encoded apart from them: how many token ids and images come before
 */
public record EncodedPrompt(List<PromptPart> parts, String text, List<Integer> turnEnds) {
    public EncodedPrompt {
        parts = List.copyOf(parts);
        Objects.requireNonNull(text, "text");
        turnEnds = List.copyOf(turnEnds);
    }

    /** How many token ids there are, images not counted. */
    public int tokenCount() {
        int count = 0;
        for (PromptPart part : parts) {
            count += part instanceof PromptPart.Tokens tokens ? tokens.ids().length : 0;
        }
        return count;
    }

    /** How many images have a place. */
    public int imageCount() {
        return (int)
                parts.stream().filter(PromptPart.ImagePlace.class::isInstance).count();
    }

    /**
     * Positions the prompt takes in the context.
     *
     * @param visualTokens positions of one image
     */
    public int length(int visualTokens) {
        return Math.addExact(tokenCount(), Math.multiplyExact(imageCount(), visualTokens));
    }
}
