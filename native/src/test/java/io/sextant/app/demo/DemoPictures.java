package io.sextant.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The demo's pictures for tests of other packages. */
public final class DemoPictures {
    /** The pictures' file names. */
    public static final List<String> NAMES =
            SampleScene.ALL.stream().map(SampleScene::fileName).toList();

    private DemoPictures() {}

    /** Puts a picture in place as a careful program does: written beside, then renamed. */
    public static void drop(String name, Path file) throws IOException {
        Path partial = Files.createTempFile("picture", ".part");
        try (InputStream stream = SampleScene.class.getResourceAsStream(name)) {
            Files.copy(stream, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, file);
    }
}
