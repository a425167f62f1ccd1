package io.sextant.connectors.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells one content of a file from the next without reading it.
 *
 * @param size bytes
 * @param modified when it was last written
 * @param fileKey the file system's own name of the file, or null where it has none
 */
record FileStamp(long size, FileTime modified, @Nullable Object fileKey) {

    /** The stamp of a plain file; empty if there is none of this name, or a symbolic link or anything else. */
    static Optional<FileStamp> of(Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return Optional.empty();
            }
            return Optional.of(new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
