package io.sextant.app.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that lie beside this class. */
final class ConsoleFile {
    private ConsoleFile() {}

    /** What stands in the file, which is there. */
    static String text(String name) {
        try (InputStream file = ConsoleFile.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("The application lacks its file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
