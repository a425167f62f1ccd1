package io.sextant.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The demo's pictures for tests of other packages. */
public final class DemoPictures {
    private DemoPictures() {}

    /** Puts a picture in place as a careful program does: written beside, then renamed. */
    public static void drop(String scene, Path file) throws IOException {
        Path partial = Files.createTempFile("picture", ".png");
        try (InputStream stream = SampleScene.class.getResourceAsStream(scene + ".png")) {
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, file);
    }
}
