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
        Path target = free(folder.creating(shortened(name)), original);
        beforeMove.accept(target);
        AtomicFiles.move(original, target);
    }

    /**
     * A place whose number nobody has, or that of a crash's copy, which is the last one there: looked for by doubling and halving, since
     * thousands may be called alike.
     */
    private static Path free(Path plain, Path original) {
        if (!isTaken(plain, original)) {
            return plain;
        }
        int taken = 1;
        int free = 2;
        while (isThere(numbered(plain, free))) {
            taken = free;
            free *= 2;
        }
        while (free - taken > 1) {
            int middle = (taken + free) / 2;
            if (isThere(numbered(plain, middle))) {
                taken = middle;
            } else {
                free = middle;
            }
        }
        Path last = numbered(plain, taken);
        return taken > 1 && !isTaken(last, original) ? last : numbered(plain, free);
    }

    private static boolean isThere(Path target) {
        return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    }

    /** The same content under the same name is one that a crash left in both places. */
    private static boolean isTaken(Path target, Path original) {
        if (!isThere(target)) {
            return false;
        }
        try {
            return !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(target, original) != -1;
        } catch (IOException e) {
            return true;
        }
    }

    private static Path numbered(Path plain, int number) {
        String name = String.valueOf(plain.getFileName());
        int dot = name.lastIndexOf('.');
        return plain.resolveSibling(
                dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot));
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
