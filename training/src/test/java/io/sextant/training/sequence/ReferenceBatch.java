package io.sextant.training.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Batches as the reference makes them, for comparisons with its numbers. */
public final class ReferenceBatch {
    private ReferenceBatch() {}

    /**
     * Rows padded as the reference does: prompts to the longest prompt and what is learned to the longest of that, so that rows can
     * be longer than the longest of them (minigpt_base.py:137-164). The length counts where losses are divided by it.
     */
    public static TokenBatch of(List<TokenRow> rows, int padId) {
        int length = longest(rows, TokenRow::firstLabel) + longest(rows, row -> row.length() - row.firstLabel());
        TokenBatch close = TokenBatch.of(rows, padId);
        float[] weights = new float[rows.size() * length];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(close.weights(), row * close.length(), weights, row * length, close.length());
        }
        return new TokenBatch(
                rows.size(),
                length,
                widened(close, close.ids(), length, padId),
                widened(close, close.positions(), length, 0),
                widened(close, close.segments(), length, TokenBatch.PADDING),
                widened(close, close.labels(), length, TokenRow.NO_LABEL),
                weights,
                widened(close, close.names(), length, TokenRow.NO_LABEL));
    }

    private static int longest(List<TokenRow> rows, ToIntFunction<TokenRow> length) {
        return rows.stream().mapToInt(length).max().orElseThrow();
    }

    private static long[] widened(TokenBatch batch, long[] values, int length, long padding) {
        long[] wide = new long[batch.rows() * length];
        Arrays.fill(wide, padding);
        for (int row = 0; row < batch.rows(); row++) {
            System.arraycopy(values, row * batch.length(), wide, row * length, batch.length());
        }
        return wide;
    }
}
