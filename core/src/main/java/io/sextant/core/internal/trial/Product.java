package io.sextant.core.internal.trial;

/**
 * The products that an answer to an image is made of, as it counts here: a prompt, 16 tokens that it writes alone, and 16 in steps that it
 * shares with seven others.
 */
enum Product {
    /** A step of one answer: takes its time from memory. */
    ONE_ROW(1, "", 16),
    /** A step of eight answers, of which each has an eighth of the cost; on an eighth of the weight. */
    FEW_ROWS(8, ":part", 16),
    /** A prompt, bound by arithmetic; on an eighth of the weight. */
    MANY_ROWS(300, ":part", 8);

    /** The widest product of a decoder of the published sizes. */
    static final int OUTPUTS = 11_008;

    static final int INPUTS = 4_096;

    static final int PART_OUTPUTS = OUTPUTS / 8;

    private final int rows;
    private final String part;
    private final int count;

    Product(int rows, String part, int count) {
        this.rows = rows;
        this.part = part;
        this.count = count;
    }

    int rows() {
        return rows;
    }

    /** What the program calls the part of the weight: nothing, or {@code :part}. */
    String part() {
        return part;
    }

    /** How many times it is part of an answer's cost. */
    int count() {
        return count;
    }
}
