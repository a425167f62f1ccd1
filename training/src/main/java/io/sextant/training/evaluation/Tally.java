package io.sextant.training.evaluation;

/**
 * Counts behind precision and recall, or behind an accuracy. Values add up.
 *
 * @param requests how many were scored
 * @param right what was said and is true
 * @param said how much was said
 * @param wanted how much is true
 * @param faulty requests where something was said that is not true
 */
record Tally(int requests, int right, int said, int wanted, int faulty) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    /** Of a request that is either right or wrong. */
    static Tally of(boolean isRight) {
        return new Tally(1, isRight ? 1 : 0, 1, 1, isRight ? 0 : 1);
    }

    /** Of a request with several things to say. */
    static Tally of(int right, int said, int wanted) {
        return new Tally(1, right, said, wanted, said > right ? 1 : 0);
    }

    Tally plus(Tally other) {
        return new Tally(
                requests + other.requests,
                right + other.right,
                said + other.said,
                wanted + other.wanted,
                faulty + other.faulty);
    }

    /** Whether all of it was right, and nothing missing. */
    boolean isPerfect() {
        return right == said && right == wanted;
    }

    double accuracy() {
        return share(right, requests);
    }

    double precision() {
        return share(right, said);
    }

    double recall() {
        return share(right, wanted);
    }

    double f1() {
        return share(2 * right, said + wanted);
    }

    /** Wrong nouns among the nouns said. */
    double chairI() {
        return said == 0 ? 0 : (double) (said - right) / said;
    }

    /** Captions with a wrong noun among all captions. */
    double chairS() {
        return requests == 0 ? 0 : (double) faulty / requests;
    }

    /** Nothing out of nothing is all of it. */
    private static double share(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
