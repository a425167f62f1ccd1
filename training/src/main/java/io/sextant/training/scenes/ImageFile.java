package io.sextant.training.scenes;

import io.sextant.core.image.RgbImage;
import io.sextant.training.sheet.Images;
import io.sextant.training.world.paint.Painting;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes drawn scenes as image files: most as JPEG of varied quality, some as PNG. */
final class ImageFile {
    private static final double PNG_CHANCE = 0.1;

    private ImageFile() {}

    /**
     * Writes an image.
     *
     * @param name path within the folder, without an extension
     * @return path within the folder, with its extension
     */
    static String write(Painting painting, Path folder, String name, RandomGenerator random) throws IOException {
        RgbImage image = painting.toImage(name);
        BufferedImage buffered = Images.of(image);
        if (random.nextDouble() < PNG_CHANCE) {
            ImageIO.write(buffered, "png", folder.resolve(name + ".png").toFile());
            return name + ".png";
        }
        writeJpeg(buffered, folder.resolve(name + ".jpg"), (float) random.nextDouble(0.6, 0.96));
        return name + ".jpg";
    }

    private static void writeJpeg(BufferedImage image, Path file, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }
}
