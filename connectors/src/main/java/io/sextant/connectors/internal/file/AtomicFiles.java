package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** Writes and moves files whole, see {@link AtomicFile}; what fails is the outside's failure. */
final class AtomicFiles {
    private AtomicFiles() {}

    /**
     * Gives a file this content. A file that has it already is left as it is; a symbolic link is replaced, not followed.
     *
     * @throws ConnectorException if it cannot be written
     */
    static void write(Path file, byte[] content) {
        try {
            AtomicFile.write(file, content);
        } catch (IOException e) {
            throw new ConnectorException(
                    "File " + file + " cannot be written (" + e + "); check the disk and who may write there.", e);
        }
    }

    /**
     * Moves a file, replacing one that is there. Between file systems it is copied whole before the original goes.
     *
     * @throws ConnectorException if it cannot be moved; the original is then still there
     */
    static void move(Path from, Path to) {
        try {
            AtomicFile.move(from, to);
        } catch (IOException e) {
            throw new ConnectorException(
                    "File " + from + " cannot be moved to " + to + " (" + e
                            + "); check the disk and who may write there.",
                    e);
        }
    }
}
