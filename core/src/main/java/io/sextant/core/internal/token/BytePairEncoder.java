package io.sextant.core.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.PriorityQueue;

/** Byte-pair encoding of one piece of text. Immutable and thread-safe. */
final class BytePairEncoder {
    /*
     * The characters of the text are the first pieces. They form a linked list in arrays; a queue holds every pair of neighbours
     * that may merge, best rank first and leftmost first among equals, as SentencePiece orders them. A merge keeps the left
     * place and empties the right one; entries of the queue that speak of pieces no longer there are recognised by their
     * rank and passed over. n characters cost O(n log n).
     *
     * Characters that are no pieces take part in no merge. They wait in the list as the complement of their code point and
     * become the pieces of their UTF-8 bytes at the end.
     */
    private static final int GONE = Integer.MIN_VALUE;
    private static final int NOBODY = -1;

    private final Map<Integer, Integer> idOfCharacter;
    private final int[] idOfByte;
    private final MergeTable merges;

    BytePairEncoder(Map<Integer, Integer> idOfCharacter, int[] idOfByte, MergeTable merges) {
        this.idOfCharacter = Map.copyOf(idOfCharacter);
        this.idOfByte = idOfByte.clone();
        this.merges = merges;
    }

    /** The ids of a text whose blanks are already written as pieces write them. */
    void encode(String text, TokenBuffer out) {
        int[] pieces = text.codePoints()
                .map(point -> idOfCharacter.getOrDefault(wellFormed(point), ~wellFormed(point)))
                .toArray();
        merge(pieces);
        for (int piece : pieces) {
            if (piece >= 0) {
                out.add(piece);
            } else if (piece != GONE) {
                for (byte value : Character.toString(~piece).getBytes(StandardCharsets.UTF_8)) {
                    out.add(idOfByte[value & 0xFF]);
                }
            }
        }
    }

    private void merge(int[] pieces) {
        int[] next = new int[pieces.length];
        int[] previous = new int[pieces.length];
        Arrays.setAll(next, i -> i + 1 < pieces.length ? i + 1 : NOBODY);
        Arrays.setAll(previous, i -> i - 1);
        PriorityQueue<Long> queue = new PriorityQueue<>();
        for (int i = 0; i < pieces.length; i++) {
            offer(queue, pieces, i, next[i]);
        }
        while (!queue.isEmpty()) {
            long entry = queue.remove();
            int left = (int) entry;
            int right = pieces[left] == GONE ? NOBODY : next[left];
            if (right == NOBODY) {
                continue;
            }
            long merge = merges.find(pieces[left], pieces[right]);
            if (merge < 0 || MergeTable.rank(merge) != (int) (entry >>> 32)) {
                continue;
            }
            pieces[left] = MergeTable.result(merge);
            pieces[right] = GONE;
            next[left] = next[right];
            if (next[left] != NOBODY) {
                previous[next[left]] = left;
            }
            offer(queue, pieces, left, next[left]);
            offer(queue, pieces, previous[left], left);
        }
    }

    private void offer(PriorityQueue<Long> queue, int[] pieces, int left, int right) {
        if (left == NOBODY || right == NOBODY) {
            return;
        }
        long merge = merges.find(pieces[left], pieces[right]);
        if (merge >= 0) {
            queue.add((long) MergeTable.rank(merge) << 32 | left);
        }
    }

    /** Half a surrogate pair is no character; UTF-8 has no bytes for it. */
    private static int wellFormed(int codePoint) {
        boolean isLoneSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        return isLoneSurrogate ? DecodedText.REPLACEMENT : codePoint;
    }
}
