package io.sextant.connectors.internal.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with a path itself, so that no file can ever be read by it, however well the disk is. */
final class PathFault {
    /** What Linux allows for a name and a path, in bytes; other systems allow no more. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4095;
    /** As the kernel counts. */
    private static final int MOST_LINKS = 40;

    private PathFault() {}

    /** The fault, to be put behind the path's name in a message; null if the path is not at fault. */
    static @Nullable String of(Path file) {
        return of(file, 0);
    }

    /** @param followed links on the way here: what is wrong with where a link leads is wrong with the link */
    private static @Nullable String of(Path file, int followed) {
        if (bytes(file) > LONGEST_PATH) {
            return "has too long a path: " + bytes(file) + " bytes, " + LONGEST_PATH + " are allowed";
        }
        Path part = file.getRoot();
        for (Path name : file) {
            if (bytes(name) > LONGEST_NAME) {
                return "has too long a name in it: " + bytes(name) + " bytes, file systems allow " + LONGEST_NAME;
            }
            part = part == null ? name : part.resolve(name);
            String fault = ofLink(part, followed);
            if (fault != null) {
                return fault;
            }
            if (!part.equals(file) && Files.isRegularFile(part)) {
                return "lies below " + part + ", which is a file and no folder";
            }
        }
        return null;
    }

    private static @Nullable String ofLink(Path link, int followed) {
        if (!Files.isSymbolicLink(link)) {
            return null;
        }
        if (followed == MOST_LINKS) {
            return "lies behind a loop of symbolic links, " + link;
        }
        try {
            return of(link.resolveSibling(Files.readSymbolicLink(link)), followed + 1);
        } catch (IOException e) {
            return null;
        }
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Why a text makes no path, and what to do about it; said of the text. */
    static String of(InvalidPathException failure) {
        String characterSet = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(characterSet)
                        && !Charset.forName(characterSet).newEncoder().canEncode(failure.getInput())
                ? "has letters beyond " + characterSet + ", in which this process reads and writes names; start it with"
                        + " LC_ALL=C.UTF-8"
                : "has a letter that names cannot have (" + failure.getReason() + ")";
    }
}
