package io.sextant.app.ask;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.RgbImage;
import io.sextant.tasks.OutcomeImage;
import io.sextant.tasks.TaskOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Images with answers drawn on them, as PNG files, or as the JPEG file that was named. */
final class Drawings {
    private static final Pattern JPEG = Pattern.compile("jpe?g|jpe|jfif");
    private static final Pattern OTHER_IMAGE =
            Pattern.compile("gif|bmp|tiff?|webp|hei[cf]|avif|jxl|svg|pdf|ico|ppm|pnm|jp2");

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
            requireKnownFormat(target);
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

    /** The files that answers about these images are drawn to. */
    List<Path> files(List<Path> images) {
        return isFolder
                ? images.stream()
                        .map(image -> file(String.valueOf(image.getFileName())))
                        .toList()
                : List.of(target);
    }

    private Path file(String image) {
        return isFolder ? target.resolve(image + ".png") : target;
    }

    /** Draws one answer; with a folder, under the image's own name and {@code .png}. */
    void write(TaskOutcome outcome, RgbImage image) throws IOException {
        Path file = file(image.name());
        AnnotatedImage drawn = OutcomeImage.of(outcome, image);
        byte[] content = JPEG.matcher(extension(file)).matches() ? drawn.toJpeg() : drawn.toPng();
        try (ResultFile written = ResultFile.create(file, "--draw")) {
            written.write(content);
            written.complete();
        }
    }

    /** A name that promises another format would make a file that is not what it says. */
    private static void requireKnownFormat(Path file) {
        String extension = extension(file);
        if (OTHER_IMAGE.matcher(extension).matches()) {
            throw new ConfigurationException("--draw " + file + " cannot be written as ." + extension
                    + "; name a file that ends in .png or .jpg.");
        }
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
