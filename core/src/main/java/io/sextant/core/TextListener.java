package io.sextant.core;

/** Hears an answer while it is written. Called in order, by one thread at a time, never by the model's own; must not block for long. What it throws is logged, and the answer goes on. */
@FunctionalInterface
public interface TextListener {

    /**
     * The next piece of the answer. Whole characters only; the pieces one after another are the text of the result, but for blanks at
     * its ends and what the clean-up of the result removes.
     *
     * @param piece at least one character
     */
    void onText(String piece);
}
