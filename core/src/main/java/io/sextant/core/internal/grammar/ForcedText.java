package io.sextant.core.internal.grammar;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts text that must come into tokens, as the tokenizer would cut it in this place. Merges never cross from one token of a text
 * into the next, so the rest of a text is cut as it would be alone. Immutable and thread-safe.
 */
final class ForcedText {
    /*
     * The text behind the forced one is open, and the tokenizer might join its first characters with the last ones here. So nothing
     * is forced from the first byte on at which a token that the grammar allows begins here and ends there.
     *
     * An answer begins with the blank that the tokenizer puts in front of every text. A forced text may begin or end in the middle of
     * a character that is written as bytes; those stay bytes.
     */
    private static final byte[] BLANK = {' '};

    private final VocabularyTrie vocabulary;
    private final LlamaTokenizer tokenizer;

    ForcedText(VocabularyTrie vocabulary, LlamaTokenizer tokenizer) {
        this.vocabulary = vocabulary;
        this.tokenizer = tokenizer;
    }

    /**
     * @param forced bytes that must come
     * @param isStart whether the answer begins with them
     * @param end the place behind them
     * @param isOver whether the answer ends there
     */
    ForcedTokens cut(byte[] forced, boolean isStart, Place end, boolean isOver) {
        byte[] text = isStart && forced.length > 0 ? join(BLANK, forced) : forced;
        int[] ids = tokens(text, isStart);
        if (isOver) {
            int[] withEnd = Arrays.copyOf(ids, ids.length + 1);
            withEnd[ids.length] = tokenizer.eos();
            return new ForcedTokens(withEnd, 0, forced.length);
        }
        int bound = firstOpenByte(text, end);
        int count = 0;
        int written = 0;
        while (count < ids.length && written + vocabulary.bytes(ids[count]).length <= bound) {
            written += vocabulary.bytes(ids[count]).length;
            count++;
        }
        // Bytes no token was made of take one each at most.
        int need = Expression.sum(end.need(), text.length - written);
        return count == 0 ? ForcedTokens.NONE : new ForcedTokens(Arrays.copyOf(ids, count), need, forced.length);
    }

    /** The first byte of the text at which a token may begin that goes on behind its end; its length if there is none. */
    private int firstOpenByte(byte[] text, Place end) {
        for (int from = Math.max(0, text.length - vocabulary.reach().longest()); from < text.length; from++) {
            int node = VocabularyTrie.ROOT;
            for (int at = from; at < text.length && node != VocabularyTrie.NONE; at++) {
                node = vocabulary.child(node, text[at] & 0xFF);
            }
            if (node != VocabularyTrie.NONE && goesOn(node, end)) {
                return from;
            }
        }
        return text.length;
    }

    private boolean goesOn(int node, Place place) {
        for (int child = vocabulary.firstChild(node); child != VocabularyTrie.NONE; child = vocabulary.sibling(child)) {
            Place next = place.after(vocabulary.label(child));
            if (!next.isDead() && (vocabulary.hasToken(child) || goesOn(child, next))) {
                return true;
            }
        }
        return false;
    }

    private int[] tokens(byte[] text, boolean isStart) {
        int head = 0;
        while (head < text.length && isContinuation(text[head])) {
            head++;
        }
        int tail = endOfCharacters(text, head);
        String characters = new String(text, head, tail - head, StandardCharsets.UTF_8);
        int[] inner = isStart && !characters.isEmpty()
                ? tokenizer.encodePlain(characters.substring(1))
                : tokenizer.encodeContinuation(characters);
        boolean writesNothing = Arrays.stream(inner).anyMatch(id -> vocabulary.bytes(id).length == 0);
        if (writesNothing) {
            // The pad piece is an ordinary one to the tokenizer, and is left out of answers.
            return bytePieces(text, 0, text.length);
        }
        return join(bytePieces(text, 0, head), join(inner, bytePieces(text, tail, text.length)));
    }

    private static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }

    /** Where the last whole character ends. */
    private static int endOfCharacters(byte[] text, int from) {
        int lead = text.length - 1;
        while (lead > from && isContinuation(text[lead])) {
            lead--;
        }
        if (lead < from || text[lead] >= 0) {
            return text.length;
        }
        int length = (text[lead] & 0xE0) == 0xC0 ? 2 : (text[lead] & 0xF0) == 0xE0 ? 3 : 4;
        return lead + length <= text.length ? text.length : lead;
    }

    private int[] bytePieces(byte[] text, int from, int to) {
        int[] ids = new int[to - from];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = vocabulary.idOfByte(text[from + i] & 0xFF);
        }
        return ids;
    }

    private static int[] join(int[] left, int[] right) {
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }
}
