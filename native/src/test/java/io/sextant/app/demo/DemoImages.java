package io.sextant.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The demo's images for tests of other packages. */
public final class DemoImages {
    /** The images' file names. */
    public static final List<String> NAMES =
            SampleScene.ALL.stream().map(SampleScene::fileName).toList();

    private DemoImages() {}

    /** Puts an image in place as a careful program does: written beside, then renamed. */
    public static void drop(String name, Path file) throws IOException {
        Path partial = Files.createTempFile("image", ".part");
        try (InputStream stream = SampleScene.class.getResourceAsStream(name)) {
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, file);
    }
}
