package io.sextant.core.internal.grammar;

/** The rest of one of a closed set of texts. */
final class Words extends Expression {
    private final WordTree tree;

    private Words(WordTree tree) {
        this.tree = tree;
    }

    static Expression of(WordTree tree) {
        if (tree == WordTree.NONE) {
            return NOTHING;
        }
        return tree.isLeaf() ? EMPTY : new Words(tree);
    }

    @Override
    Expression after(int value, int control) {
        return of(tree.child(value));
    }

    @Override
    boolean mayEnd() {
        return tree.isEnd();
    }

    @Override
    int need() {
        return tree.need();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Words words && tree == words.tree;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(tree);
    }
}
