package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.InvalidImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A configured folder and the promise never to leave it.
 *
 * <p>The folder itself may be reached through symbolic links, because whoever configured it chose it. Below it none is
 * followed: every folder on the way is compared with its real path before a file in it is read or written.
 *
 * @param path absolute, free of symbolic links as far as it exists
 */
record Folder(Path path) {

    /**
     * The folder a configuration names; it need not exist yet.
     *
     * @throws ConfigurationException if the text is no path
     */
    static Folder of(String text) {
        try {
            return of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new ConfigurationException("\"" + text + "\" is no folder: " + e.getReason() + ".", e);
        }
    }

    /** The folder at a path; it need not exist yet. */
    static Folder of(Path path) {
        Path absolute = path.toAbsolutePath();
        Path existing = absolute;
        while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (existing == null) {
            return new Folder(absolute.normalize());
        }
        try {
            return new Folder(
                    existing.toRealPath().resolve(existing.relativize(absolute)).normalize());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "Folder " + path + " cannot be reached: " + existing + " cannot be resolved (" + e
                            + "); mend the link or name another folder.",
                    e);
        }
    }

    /** Whether the other folder is this one or lies below it. */
    boolean contains(Folder other) {
        return other.path.startsWith(path);
    }

    /**
     * Creates the folder, with those above it.
     *
     * @throws ConfigurationException if it cannot be created or written to
     */
    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "Folder " + path + " cannot be created (" + e + "); check its name and who may write there.", e);
        }
        if (!Files.isWritable(path)) {
            throw new ConfigurationException("Folder " + path + " cannot be written to; check who may write there.");
        }
    }

    /** The name of a file below this folder, with '/' between its parts on every system. */
    String nameOf(Path file) {
        return path.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /**
     * The file of a name below this folder, when everything on the way to it is a real folder.
     *
     * @throws InvalidImageException if the name leads out of the folder, or through a symbolic link
     * @throws ConnectorException if the way cannot be looked at
     */
    Path existing(String name) {
        Path file = place(name);
        requireReal(parent(file), name);
        return file;
    }

    /**
     * The same, with the folders on the way created.
     *
     * @throws InvalidImageException if the name leads out of the folder, or through a symbolic link
     * @throws ConnectorException if they cannot be created
     */
    Path creating(String name) {
        Path file = place(name);
        createOne(path, name);
        Path part = path;
        for (Path next : path.relativize(file)) {
            part = part.resolve(next);
            if (!part.equals(file)) {
                createOne(part, name);
            }
        }
        requireReal(parent(file), name);
        return file;
    }

    /** Step by step, so that nothing is created behind a link. */
    private void createOne(Path directory, String name) {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(directory)) {
            throw behindLink(name);
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            String fault = directory.equals(path) ? null : PathFault.of(directory.resolve("x"));
            if (fault != null) {
                throw new InvalidImageException("Image \"" + name + "\" " + fault + "; rename the image.", e);
            }
            throw new ConnectorException(
                    "Folder " + directory + " for \"" + name + "\" cannot be created (" + e
                            + "); check the disk and who may write there.",
                    e);
        }
    }

    /**
     * The file of a name below this folder, which need not be there; nothing is looked at.
     *
     * @throws InvalidImageException if the name leads out of the folder, or makes no file name
     */
    Path place(String name) {
        try {
            Path file = path.resolve(name).normalize();
            if (file.startsWith(path) && !file.equals(path)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new InvalidImageException(
                    "\"" + name + "\" makes no file name here: it " + PathFault.of(e) + "; or rename the image.", e);
        }
        throw new InvalidImageException("\"" + name + "\" leads out of " + path + " and is refused.");
    }

    private void requireReal(Path directory, String name) {
        try {
            if (directory.toRealPath().equals(directory)) {
                return;
            }
        } catch (IOException e) {
            throw new ConnectorException(
                    "Folder " + directory + " of \"" + name + "\" cannot be reached (" + e + "); check the disk.", e);
        }
        throw behindLink(name);
    }

    private InvalidImageException behindLink(String name) {
        return new InvalidImageException("\"" + name + "\" lies behind a symbolic link in " + path
                + " and is refused; links below a configured folder are not followed.");
    }

    private Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? path : parent;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
