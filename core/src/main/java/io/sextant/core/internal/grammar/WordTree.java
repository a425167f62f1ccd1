package io.sextant.core.internal.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
        List<WordTree> nodes = new ArrayList<>(List.of(root));
        for (byte[] text : texts) {
            WordTree node = root;
            for (byte value : text) {
                node = node.children.computeIfAbsent(value & 0xFF, unused -> added(nodes));
            }
            node.isEnd = true;
        }
        // From the ends on: a node comes after the one that leads to it. A text may be as deep as it is long, too deep
        // to call down to.
        Collections.reverse(nodes);
        for (WordTree node : nodes) {
            node.need = node.isEnd ? 0 : fewest(node, VocabularyTrie.ROOT, vocabulary);
        }
        return root;
    }

    private static WordTree added(List<WordTree> nodes) {
        WordTree node = new WordTree();
        nodes.add(node);
        return node;
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
