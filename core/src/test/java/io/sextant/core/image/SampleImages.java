package io.sextant.core.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The small images in the test resources, and what Pillow makes of them. */
final class SampleImages {
    private SampleImages() {}

    /** File names of all encoded images. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(jpg|png|gif|bmp|webp|tif)") && !name.contains(".expected."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An encoded image. */
    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as some camera writes it, or what Pillow makes of it. */
    static byte[] fromCamera(String name) {
        try (InputStream in = SampleImages.class.getResourceAsStream("cameras/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the PNG file with Pillow's pixels. */
    static String expected(String name) {
        return name.replace('.', '_') + ".expected.png";
    }

    private static Path folder() {
        try {
            return Path.of(SampleImages.class.getResource("pillow").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
