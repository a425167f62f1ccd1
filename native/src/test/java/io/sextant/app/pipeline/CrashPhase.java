package io.sextant.app.pipeline;

/** Where in the life of a message the process dies. */
enum CrashPhase {
    /** Messages were taken and no result of theirs was published. */
    BEFORE_PUBLISHING,
    /** Results were published whose messages were not committed. */
    BEFORE_COMMIT,
    /** The group was handing out its partitions anew. */
    REBALANCE
}
