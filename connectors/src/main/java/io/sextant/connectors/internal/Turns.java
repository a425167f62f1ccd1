package io.sextant.connectors.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The order in which a source handed over its images, so that they are published in it while several are worked on at once.
 * Thread-safe.
 */
public final class Turns {
    private final Deque<Turn> open = new ArrayDeque<>();

    /** The next place in the order. Whoever takes it ends it. */
    public synchronized Turn take() {
        Turn turn = new Turn();
        open.addLast(turn);
        return turn;
    }

    /** One place in the order. */
    public final class Turn {
        private Turn() {}

        /**
         * Waits until all places before this one have ended.
         *
         * @return false if the thread was interrupted meanwhile, and is again
         */
        public boolean await() {
            synchronized (Turns.this) {
                try {
                    while (open.peekFirst() != this && open.contains(this)) {
                        Turns.this.wait();
                    }
                    return true;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }

        /** Lets those behind it go on; may be called again. */
        public void end() {
            synchronized (Turns.this) {
                if (open.remove(this)) {
                    Turns.this.notifyAll();
                }
            }
        }
    }
}
