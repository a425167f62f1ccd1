package io.sextant.core.internal.token;

/**
 * Text made of tokens, and where each token's characters lie in it.
 *
 * <p>Every byte of a character that several byte pieces write together spans the whole character. A token that left no
 * character spans nothing, at the place where it would stand.
 *
 * @param text what the tokens say
 * @param starts per token the index of its first character; shared, not copied
 * @param ends per token the index after its last character; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record DecodedText(String text, int[] starts, int[] ends) {
    /** Stands for what is not UTF-8, U+FFFD. */
    static final char REPLACEMENT = '\uFFFD';
}
