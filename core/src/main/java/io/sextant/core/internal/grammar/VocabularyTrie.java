package io.sextant.core.internal.grammar;

import io.sextant.core.internal.token.LlamaTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * All tokens that write something, by the bytes they write: pieces with U+2581 as a blank, byte pieces as their byte. Special
 * pieces and the pad piece, which leave nothing in an answer, are not among them. Immutable and thread-safe.
 */
final class VocabularyTrie {
    /*
     * A tree in arrays. Children of a node form a list by way of `sibling`, tokens with the same bytes another by way of `sameBytes`.
     */
    static final int ROOT = 0;
    static final int NONE = -1;

    private int[] firstChild = new int[1024];
    private int[] sibling = new int[1024];
    private int[] firstToken = new int[1024];
    private byte[] label = new byte[1024];
    private int size;
    private final int[] sameBytes;
    private final int[] idOfByte = new int[256];
    private final byte[][] bytesOfId;
    private final TokenReach reach;

    VocabularyTrie(LlamaTokenizer tokenizer) {
        int vocabulary = tokenizer.vocabularySize();
        sameBytes = new int[vocabulary];
        bytesOfId = new byte[vocabulary][];
        for (int value = 0; value < 256; value++) {
            idOfByte[value] = tokenizer.idOf(String.format("<0x%02X>", value)).orElseThrow();
        }
        BitSet bytePieces = new BitSet();
        Arrays.stream(idOfByte).forEach(bytePieces::set);
        newNode((byte) 0);
        int longest = 1;
        boolean spansNumbers = false;
        for (int id = 0; id < vocabulary; id++) {
            bytesOfId[id] = bytes(tokenizer, bytePieces, id);
            if (bytesOfId[id].length > 0) {
                add(id);
                longest = Math.max(longest, bytesOfId[id].length);
                spansNumbers |= spansNumbers(bytesOfId[id]);
            }
        }
        for (int value = 0; value < 256; value++) {
            bytesOfId[idOfByte[value]] = new byte[] {(byte) value};
            add(idOfByte[value]);
        }
        reach = new TokenReach(longest, spansNumbers);
    }

    private static boolean spansNumbers(byte[] text) {
        for (int at = 1; at + 1 < text.length; at++) {
            if (text[at] == '<' && text[at + 1] >= '0' && text[at + 1] <= '9') {
                return true;
            }
        }
        return false;
    }

    private static byte[] bytes(LlamaTokenizer tokenizer, BitSet bytePieces, int id) {
        boolean writesNothing =
                id == tokenizer.bos() || id == tokenizer.eos() || id == tokenizer.unk() || id == tokenizer.pad();
        if (writesNothing || bytePieces.get(id)) {
            return new byte[0];
        }
        return tokenizer.piece(id).replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
    }

    private void add(int id) {
        int node = ROOT;
        for (byte value : bytesOfId[id]) {
            int child = child(node, value & 0xFF);
            if (child == NONE) {
                child = newNode(value);
                sibling[child] = firstChild[node];
                firstChild[node] = child;
            }
            node = child;
        }
        sameBytes[id] = firstToken[node];
        firstToken[node] = id;
    }

    private int newNode(byte value) {
        if (size == label.length) {
            firstChild = Arrays.copyOf(firstChild, 2 * size);
            sibling = Arrays.copyOf(sibling, 2 * size);
            firstToken = Arrays.copyOf(firstToken, 2 * size);
            label = Arrays.copyOf(label, 2 * size);
        }
        firstChild[size] = NONE;
        sibling[size] = NONE;
        firstToken[size] = NONE;
        label[size] = value;
        return size++;
    }

    TokenReach reach() {
        return reach;
    }

    /** The bytes a token writes; none for those that leave nothing. Shared, not copied. */
    byte[] bytes(int id) {
        return bytesOfId[id];
    }

    /** The id of the piece that writes one byte, 0..255. */
    int idOfByte(int value) {
        return idOfByte[value];
    }

    /** The node that a byte leads to, or {@link #NONE}. */
    int child(int node, int value) {
        int child = firstChild[node];
        while (child != NONE && (label[child] & 0xFF) != value) {
            child = sibling[child];
        }
        return child;
    }

    int firstChild(int node) {
        return firstChild[node];
    }

    int sibling(int node) {
        return sibling[node];
    }

    /** The byte that leads to a node, 0..255. */
    int label(int node) {
        return label[node] & 0xFF;
    }

    /** Whether a token ends at a node. */
    boolean hasToken(int node) {
        return firstToken[node] != NONE;
    }

    /** Every token that ends at a node. */
    void forEachToken(int node, IntConsumer action) {
        for (int id = firstToken[node]; id != NONE; id = sameBytes[id]) {
            action.accept(id);
        }
    }
}
