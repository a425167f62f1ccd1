package io.sextant.core.box;

import java.util.List;

/**
 * How likely each bin is for one edge of a box, as the model saw it when it wrote that edge.
 *
 * <p>Immutable; shares are not negative and need not add up to 1, since only ratios count.
 */
public final class BinDistribution {
    /** Index of "the number is over" among the symbols of {@link #ofDigits}; digits stand at their own value. */
    public static final int END = 10;

    private static final int BINS = BinBox.MAX_BIN + 1;
    private static final int SYMBOLS = END + 1;

    private final double[] shares;

    private BinDistribution(double[] shares) {
        this.shares = shares;
    }

    /**
     * @param shares of the bins 0..100, each finite and at least 0
     * @throws IllegalArgumentException if they are not 101, or one is negative or not finite
     */
    public static BinDistribution of(double... shares) {
        require("shares of bins", shares, BINS);
        return new BinDistribution(shares.clone());
    }

    /**
     * From the distributions over digits along the number that was written, as a tokenizer with a token for each digit gives
     * them.
     *
     * <p>Numbers that part from the one written at its last places are told exactly. Of those that part from it earlier only the
     * common beginning has a probability; all of it goes to the one nearest to the number written: beside 49 the share of a leading
     * 5 goes to 50. What begins no number of 0..100 is left out.
     *
     * @param written the number, 0..100
     * @param places of each of its characters the shares of the digits 0 to 9 and of {@link #END}; one more place for the
     *     end may follow
     * @throws IllegalArgumentException if the number is not in 0..100, or there are not as many places of 11 shares each
     */
    public static BinDistribution ofDigits(int written, List<double[]> places) {
        requireBin(written);
        String text = Integer.toString(written);
        if (places.size() != text.length() && places.size() != text.length() + 1) {
            throw new IllegalArgumentException("The number " + written + " has " + text.length()
                    + " places and an end, was " + places.size() + " places");
        }
        double[] shares = new double[BINS];
        double share = 1;
        for (int i = 0; i < places.size(); i++) {
            double[] place = places.get(i);
            require("shares of digits", place, SYMBOLS);
            String beginning = text.substring(0, i);
            int next = i < text.length() ? text.charAt(i) - '0' : END;
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                if (symbol != next) {
                    add(shares, nearest(written, beginning, symbol), share * place[symbol]);
                }
            }
            share *= place[next];
        }
        shares[written] += share;
        return new BinDistribution(shares);
    }

    /**
     * Where the edge is expected, in bins, among the bins near the one that was chosen: their mean, weighted by their shares.
     *
     * @param chosen the bin written, 0..100
     * @param window how many bins to either side count, at least 0; 0 gives the bin itself
     * @return chosen - window to chosen + window, within 0..100; the chosen bin where nothing near it has a share
     */
    public double expectedNear(int chosen, int window) {
        requireBin(chosen);
        if (window < 0) {
            throw new IllegalArgumentException("window must be at least 0, was " + window);
        }
        double sum = 0;
        double moment = 0;
        int last = (int) Math.min(BinBox.MAX_BIN, (long) chosen + window);
        for (int bin = Math.max(0, chosen - window); bin <= last; bin++) {
            sum += shares[bin];
            moment += shares[bin] * (bin - chosen);
        }
        return sum > 0 ? chosen + moment / sum : chosen;
    }

    /** The share of a bin, as it was given. */
    public double share(int bin) {
        requireBin(bin);
        return shares[bin];
    }

    /** The number nearest to another whose text begins so; -1 if none does. */
    private static int nearest(int written, String beginning, int symbol) {
        if (symbol == END) {
            return beginning.isEmpty() ? -1 : Integer.parseInt(beginning);
        }
        String start = beginning + symbol;
        int nearest = -1;
        for (int bin = 0; bin < BINS; bin++) {
            boolean isNearer = nearest < 0 || Math.abs(bin - written) < Math.abs(nearest - written);
            if (isNearer && Integer.toString(bin).startsWith(start)) {
                nearest = bin;
            }
        }
        return nearest;
    }

    private static void add(double[] shares, int bin, double share) {
        if (bin >= 0) {
            shares[bin] += share;
        }
    }

    private static void requireBin(int bin) {
        if (bin < 0 || bin > BinBox.MAX_BIN) {
            throw new IllegalArgumentException("A bin must be in 0.." + BinBox.MAX_BIN + ", was " + bin);
        }
    }

    private static void require(String what, double[] shares, int count) {
        if (shares.length != count) {
            throw new IllegalArgumentException(what + " must be " + count + ", were " + shares.length);
        }
        for (double share : shares) {
            if (!(share >= 0) || !Double.isFinite(share)) {
                throw new IllegalArgumentException(what + " must be finite and at least 0, was " + share);
            }
        }
    }
}
