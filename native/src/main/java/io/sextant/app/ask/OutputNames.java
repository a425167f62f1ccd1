package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that answers go to: none is an image that is asked about, and no two are the same. */
final class OutputNames {
    private final List<Path> images;
    private final List<Path> files = new ArrayList<>();

    OutputNames(List<Path> images) {
        this.images = List.copyOf(images);
    }

    /**
     * @param option the option that named it, for messages
     * @throws ConfigurationException if the file is an image that is asked about, or was added before
     */
    void add(String option, Path file) {
        if (!isPlain(file)) {
            return;
        }
        for (Path image : images) {
            if (isSame(file, image)) {
                throw new ConfigurationException(option + " " + file + " is the image " + image
                        + " itself, which would be lost; name another file.");
            }
        }
        for (Path other : files) {
            if (isSame(file, other)) {
                throw new ConfigurationException(
                        option + " " + file
                                + " would be written twice, and only the last answer kept; give each its own name, or ask twice.");
            }
        }
        files.add(file);
    }

    /** What is written through, such as a device, takes any number of answers. */
    private static boolean isPlain(Path file) {
        return !Files.exists(file) || Files.isRegularFile(file);
    }

    private static boolean isSame(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            return file.toAbsolutePath()
                    .normalize()
                    .equals(other.toAbsolutePath().normalize());
        }
    }
}
