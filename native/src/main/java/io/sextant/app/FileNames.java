package io.sextant.app;

import io.sextant.app.console.Terminal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether names of files can be written in every script. Java takes their bytes for letters of the locale's character set, and
 * nothing but the locale that the process was started in changes that.
 */
final class FileNames {
    private FileNames() {}

    /** @param characterSet Java's for names of files and arguments, or null if it does not say */
    static void warnOf(@Nullable String characterSet, Terminal terminal) {
        if (characterSet == null || isUtf8(characterSet)) {
            return;
        }
        terminal.note(
                "sextant: names of files and arguments are read as " + characterSet
                        + ", so those with letters beyond it cannot be used; start with LC_ALL=C.UTF-8, or with the script sextant.");
    }

    private static boolean isUtf8(String name) {
        return Charset.isSupported(name) && Charset.forName(name).equals(StandardCharsets.UTF_8);
    }
}
