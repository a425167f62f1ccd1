package io.sextant.core.internal.weights;

import java.nio.file.Path;

/** Is told how a long reading goes on. Called on the reading thread. */
@FunctionalInterface
public interface ReadProgress {
    /** Tells nobody. */
    ReadProgress NONE = (file, bytes) -> {};

    /**
     * @param file what is being read
     * @param bytes read since the last call
     */
    void advanced(Path file, long bytes);
}
