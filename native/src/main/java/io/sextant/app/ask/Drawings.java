package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images with answers drawn on them, as PNG files. */
final class Drawings {
    private final Path target;
    private final boolean isFolder;

    private Drawings(Path target, boolean isFolder) {
        this.target = target;
        this.isFolder = isFolder;
    }

    /**
     * @param target a file, or a folder that is made where there is none
     * @param isFolder whether there are several images
     * @throws ConfigurationException if nothing can be written there
     */
    static Drawings to(Path target, boolean isFolder) {
        if (!isFolder) {
            ResultFile.requireWritable(target, "--draw");
            return new Drawings(target, false);
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "--draw " + target + " must be a folder where there are several images, and it cannot be made (" + e
                            + "); name another.",
                    e);
        }
        return new Drawings(target, true);
    }

    /** Draws one answer; with a folder, under the image's own name and {@code .png}. */
    void write(TaskOutcome outcome, RgbImage image) throws IOException {
        Path file = isFolder ? target.resolve(image.name() + ".png") : target;
        Files.write(file, OutcomeImage.of(outcome, image).toPng());
    }
}
