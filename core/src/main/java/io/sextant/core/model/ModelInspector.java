package io.sextant.core.model;

import java.nio.file.Path;

/**
 * Looks into a model folder without loading it: what is there, what is missing, what would be used. Does not stop at the
 * first problem, and throws for none.
 */
public final class ModelInspector {
    private ModelInspector() {}

    /** Is told how far the reading is. Called on the inspecting thread, at most once per megabyte. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param file that is being read
         * @param bytesRead of all files together
         * @param bytesTotal that will be read
         */
        void advanced(Path file, long bytesRead, long bytesTotal);
    }

    /** As {@link #inspect(Path, boolean, Progress)}, telling nobody. */
    public static ModelReport inspect(Path folder, boolean verify) {
        return inspect(folder, verify, (file, read, total) -> {});
    }

    /**
     * Inspects a folder.
     *
     * @param verify reads every weight in use (checksums, NaN, infinity), which takes as long as reading the files; without
     *     it only headers are read, and the checkpoint if its size is that of a released one, to tell which it is
     * @param progress is told of long readings
     */
    public static ModelReport inspect(Path folder, boolean verify, Progress progress) {
        return new Inspection(folder, verify, progress).report();
    }
}
