package io.sextant.connectors.internal.file;

import io.sextant.connectors.ConnectorException;
import io.sextant.connectors.archive.ImageArchive;
import io.sextant.connectors.archive.StoredImage;
import io.sextant.connectors.internal.DrawingMark;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files below a folder. Links are not followed. */
final class FileImages implements ImageArchive {
    /*
     * A folder tells its names in any order, and may hold more of them than there is memory for. So it is read as often as it takes, each
     * time for the next names in order; a folder among them is gone through where its name stands.
     */
    private static final int USUAL_NAMES_AT_ONCE = 50_000;

    private final Path root;
    private final int namesAtOnce;

    /** @param root absolute */
    FileImages(Path root) {
        this(root, USUAL_NAMES_AT_ONCE);
    }

    FileImages(Path root, int namesAtOnce) {
        this.root = root;
        this.namesAtOnce = namesAtOnce;
    }

    @Override
    public String place() {
        return "file:" + root;
    }

    @Override
    public void forEach(@Nullable String after, Consumer<StoredImage> images) {
        list(root, after == null ? List.of() : List.of(after.split("/")), images);
    }

    /** @param after parts of the name of the last one that is done with, from this folder on; none for all */
    private void list(Path folder, List<String> after, Consumer<StoredImage> images) {
        String last = after.isEmpty() ? "" : after.get(0);
        if (after.size() > 1) {
            visit(folder.resolve(last), after.subList(1, after.size()), images);
        }
        NavigableSet<String> names = names(folder, last);
        while (!names.isEmpty()) {
            for (String name : names) {
                visit(folder.resolve(name), List.of(), images);
            }
            names = names(folder, names.last());
        }
    }

    private void visit(Path path, List<String> after, Consumer<StoredImage> images) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (file.isDirectory()) {
                list(path, after, images);
            } else if (file.isRegularFile() && after.isEmpty() && isTaken(path)) {
                images.accept(new StoredImage(
                        "file:" + path,
                        root.relativize(path).toString(),
                        file.size(),
                        file.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException e) {
            // It went meanwhile.
            return;
        } catch (IOException e) {
            throw unlisted(path, e);
        }
    }

    /** The next names, in order. */
    private NavigableSet<String> names(Path folder, String after) {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.compareTo(after) > 0 && !name.startsWith(".")) {
                    names.add(name);
                    if (names.size() > namesAtOnce) {
                        names.pollLast();
                    }
                }
            }
            return names;
        } catch (DirectoryIteratorException | IOException e) {
            throw unlisted(folder, e);
        }
    }

    private static boolean isTaken(Path path) {
        String name = String.valueOf(path.getFileName());
        return !ResultNames.isWritten(name) && !(ResultNames.maybeDrawing(name) && DrawingMark.isMarked(path));
    }

    private static ConnectorException unlisted(Path path, Exception failure) {
        return new ConnectorException("\"" + path + "\" cannot be listed (" + failure + "); check the disk.", failure);
    }
}
