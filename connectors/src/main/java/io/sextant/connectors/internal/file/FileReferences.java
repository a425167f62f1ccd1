package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.ReferenceReader;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads images that messages refer to as {@code file:/folder/name}, below allowed folders and nowhere else. */
final class FileReferences implements ReferenceReader {
    /*
     * The path is taken as it is written, without decoding, and may not climb with "..". It must lie below an allowed
     * folder as written and, once links are followed, below the real place of one.
     */
    private final List<Path> roots;

    /** @param roots folders that are there, absolute */
    FileReferences(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    @Override
    public String example() {
        return "file:/folder/a.jpg";
    }

    @Override
    public byte[] read(String reference, long maxBytes) {
        Path file = allowed(reference);
        try {
            Path real = file.toRealPath();
            if (!isBelowARealRoot(real)) {
                throw refused(reference, "leads out of the allowed folders through a symbolic link", null);
            }
            if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(reference, "is no file", null);
            }
            return read(reference, real, maxBytes);
        } catch (IOException e) {
            requirePlace(reference, file, e);
            if (e instanceof NoSuchFileException) {
                throw refused(reference, "is missing", e);
            }
            if (e instanceof AccessDeniedException) {
                throw refused(reference, "may not be read by this process", e);
            }
            String fault = PathFault.of(file);
            if (fault != null) {
                throw refused(reference, fault, e);
            }
            throw new ConnectorException("Image \"" + reference + "\" cannot be read (" + e + "); check the disk.", e);
        }
    }

    /** A folder that has gone, or may not be entered, holds up all messages and is no message's fault. */
    private void requirePlace(String reference, Path file, IOException failure) {
        for (Path root : roots) {
            if (file.startsWith(root) && !Files.isExecutable(root)) {
                throw new ConnectorException(
                        "Image \"" + reference + "\" cannot be read: the allowed folder " + root
                                + " is not there or may not be entered (" + failure + "); mend that.",
                        failure);
            }
        }
    }

    private static byte[] read(String reference, Path real, long maxBytes) throws IOException {
        long size = Files.size(real);
        if (size > maxBytes) {
            throw InvalidImageException.tooLarge(reference, size, maxBytes);
        }
        try (InputStream in = Files.newInputStream(real, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
        }
    }

    private Path allowed(String reference) {
        String text = reference.substring("file:".length());
        Path file;
        try {
            file = Path.of(text.startsWith("//") ? text.substring(2) : text);
        } catch (InvalidPathException e) {
            throw refused(reference, "is no path: it " + PathFault.of(e), e);
        }
        for (Path part : file) {
            if (part.toString().equals("..")) {
                throw refused(reference, "climbs with \"..\"", null);
            }
        }
        Path absolute = file.toAbsolutePath().normalize();
        if (roots.stream().noneMatch(absolute::startsWith)) {
            throw refused(reference, "lies below none of the folders the pipeline's key \"references\" allows", null);
        }
        return absolute;
    }

    private boolean isBelowARealRoot(Path real) throws IOException {
        for (Path root : roots) {
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private static InvalidImageException refused(String reference, String what, @Nullable Throwable cause) {
        return new InvalidImageException(
                "Image \"" + reference + "\" " + what
                        + "; mend the reference or the place, and send the message again.",
                cause);
    }
}
