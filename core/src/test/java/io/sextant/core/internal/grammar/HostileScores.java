package io.sextant.core.internal.grammar;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.util.SplittableRandom;

/** What weights might say at worst. */
enum HostileScores {
    RANDOM,
    LIKES_MARKUP,
    LIKES_BYTES,
    LIKES_LONG_PIECES,
    EXTREME,
    NOT_EVEN_NUMBERS,
    LIKES_THE_END,
    HATES_THE_END;

    private static final float[] EXTREMES = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0};
    private static final float[] NO_NUMBERS = {Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN, Float.POSITIVE_INFINITY};

    /** What every step's scores have in common, one a token. */
    float[] taste(LlamaTokenizer tokenizer) {
        float[] taste = new float[tokenizer.vocabularySize()];
        for (int id = 0; id < taste.length; id++) {
            String piece = tokenizer.piece(id);
            taste[id] = switch (this) {
                case LIKES_MARKUP ->
                    piece.indexOf('<') >= 0 || piece.indexOf('{') >= 0 || piece.indexOf('[') >= 0 ? 50 : 0;
                case LIKES_BYTES -> piece.startsWith("<0x") ? 50 : 0;
                case LIKES_LONG_PIECES -> piece.length();
                case LIKES_THE_END -> id == tokenizer.eos() ? 50 : 0;
                case HATES_THE_END -> id == tokenizer.eos() ? -1e30f : 0;
                default -> 0;
            };
        }
        return taste;
    }

    /** The scores of one step. */
    void fill(float[] scores, float[] taste, SplittableRandom random) {
        for (int id = 0; id < scores.length; id++) {
            int bits = random.nextInt();
            scores[id] = switch (this) {
                case EXTREME -> EXTREMES[bits & 3];
                case NOT_EVEN_NUMBERS -> NO_NUMBERS[bits & 3];
                default -> taste[id] + (bits >>> 8) * 0x1p-24f;
            };
        }
    }
}
