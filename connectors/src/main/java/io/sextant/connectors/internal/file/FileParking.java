package io.sextant.connectors.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts originals that are done with into another folder, below which they keep their sub-folders. Never overwrites another
 * file: where the name is taken it gets a number, {@code a-2.jpg}. Thread-safe; all pipelines share one instance, so that two
 * cannot choose the same free name.
 */
final class FileParking {
    /** Leaves room for a number and {@code .reason.json} behind a name. */
    private static final int MAX_BYTES = 200;

    /**
     * Moves a file.
     *
     * @param original the file
     * @param folder where to
     * @param name below the folder it comes from, and below the one it goes to
     * @param beforeMove told the place it goes to just before it does
     */
    synchronized void park(Path original, Folder folder, String name, Consumer<Path> beforeMove) {
        Path target = folder.creating(shortened(name));
        for (int number = 2; isTaken(target, original); number++) {
            target = folder.creating(numbered(shortened(name), number));
        }
        beforeMove.accept(target);
        AtomicFiles.move(original, target);
    }

    /** The same content under the same name is one that a crash left in both places. */
    private static boolean isTaken(Path target, Path original) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            return !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(target, original) != -1;
        } catch (IOException e) {
            return true;
        }
    }

    private static String numbered(String name, int number) {
        int slash = name.lastIndexOf('/');
        int dot = name.lastIndexOf('.');
        return dot <= slash + 1 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }

    /** A name near the file system's limit, cut where a letter ends, with its hash so that names cut alike still differ. */
    private static String shortened(String name) {
        int start = name.lastIndexOf('/') + 1;
        String last = name.substring(start);
        if (last.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
            return name;
        }
        int length = last.length();
        while (last.substring(0, length).getBytes(StandardCharsets.UTF_8).length > MAX_BYTES - 10) {
            length = last.offsetByCodePoints(length, -1);
        }
        return name.substring(0, start) + last.substring(0, length) + String.format("-%08x", Objects.hashCode(last));
    }
}
