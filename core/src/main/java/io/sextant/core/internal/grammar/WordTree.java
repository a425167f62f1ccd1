package io.sextant.core.internal.grammar;

import java.util.Map;
import java.util.TreeMap;

/**
 * A closed set of texts by their bytes: a node stands for the texts that begin as the way to it. Every node knows how few
 * tokens lead to an end of a text.
 */
final class WordTree {
    private final Map<Integer, WordTree> children = new TreeMap<>();
    private boolean isEnd;
    private int need = Expression.TOO_MANY;

    /** The tree of some texts, given as bytes of UTF-8. */
    static WordTree of(Iterable<byte[]> texts, VocabularyTrie vocabulary) {
        WordTree root = new WordTree();
        for (byte[] text : texts) {
            WordTree node = root;
            for (byte value : text) {
                node = node.children.computeIfAbsent(value & 0xFF, unused -> new WordTree());
            }
            node.isEnd = true;
        }
        root.price(vocabulary);
        return root;
    }

    private void price(VocabularyTrie vocabulary) {
        children.values().forEach(child -> child.price(vocabulary));
        need = isEnd ? 0 : fewest(this, VocabularyTrie.ROOT, vocabulary);
    }

    /** The fewest tokens from a node to an end if the next one has begun as the way to a node of the vocabulary. */
    private static int fewest(WordTree node, int begun, VocabularyTrie vocabulary) {
        int fewest = Expression.TOO_MANY;
        for (Map.Entry<Integer, WordTree> entry : node.children.entrySet()) {
            int next = vocabulary.child(begun, entry.getKey());
            if (next != VocabularyTrie.NONE) {
                WordTree child = entry.getValue();
                int whole = vocabulary.hasToken(next) ? Expression.sum(1, child.need) : Expression.TOO_MANY;
                fewest = Math.min(fewest, Math.min(whole, fewest(child, next, vocabulary)));
            }
        }
        return fewest;
    }

    WordTree child(int value) {
        return children.getOrDefault(value, NONE);
    }

    boolean isEnd() {
        return isEnd;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    int need() {
        return need;
    }

    /** Where no text goes on. */
    static final WordTree NONE = new WordTree();
}
