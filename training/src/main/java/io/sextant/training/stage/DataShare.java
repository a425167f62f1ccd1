package io.sextant.training.stage;

import java.util.Objects;

/**
 * One data set of a mix.
 *
 * @param data its name, {@code world/refer} for instance
 * @param ratio how often it is drawn, in proportion to the sum of all ratios; more than 0
 * @param isWeak whether its labels are spoiled as labels from the web are
 * @param rounds most rounds of a conversation, at least 1; a conversation has two where it says 1
 */
public record DataShare(String data, double ratio, boolean isWeak, int rounds) {
    public DataShare {
        Objects.requireNonNull(data, "data");
        if (!(ratio > 0) || rounds < 1) {
            throw new IllegalArgumentException(
                    data + ": ratio must be more than 0 and rounds at least 1, were " + ratio + ", " + rounds);
        }
    }
}
