package io.sextant.training.evaluation;

/** How sure a model was of a part of its text. */
@FunctionalInterface
interface SpanConfidence {
    /** Of a text that no model wrote. */
    SpanConfidence CERTAIN = (start, end) -> 1;

    /**
     * @param start index of the part's first character
     * @param end index after its last character
     * @return 0..1
     */
    double of(int start, int end);
}
