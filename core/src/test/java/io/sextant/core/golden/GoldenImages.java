package io.sextant.core.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import javax.imageio.ImageIO;

/** The set's images, as the reference's own decoder saw them. */
public final class GoldenImages {
    private GoldenImages() {}

    /** The names of all images. */
    public static List<String> names(GoldenSet set) {
        return set.json("images/images.json").getAsJsonArray("images").asList().stream()
                .map(image -> image.getAsJsonObject().get("name").getAsString())
                .toList();
    }

    /** An image by its name in {@code images.json}, from the decoded copy that the set brings. */
    public static RgbImage decoded(GoldenSet set, String name) {
        for (JsonElement element : set.json("images/images.json").getAsJsonArray("images")) {
            JsonObject image = element.getAsJsonObject();
            if (image.get("name").getAsString().equals(name)) {
                return read(set, name, image);
            }
        }
        throw new NoSuchElementException("no golden image " + name);
    }

    private static RgbImage read(GoldenSet set, String name, JsonObject image) {
        try {
            BufferedImage decoded = ImageIO.read(set.path("images")
                    .resolve(image.get("decoded").getAsString())
                    .toFile());
            int width = decoded.getWidth();
            int height = decoded.getHeight();
            byte[] rgb = new byte[3 * width * height];
            int[] samples = decoded.getRGB(0, 0, width, height, null, 0, width);
            for (int i = 0; i < samples.length; i++) {
                rgb[3 * i] = (byte) (samples[i] >> 16);
                rgb[3 * i + 1] = (byte) (samples[i] >> 8);
                rgb[3 * i + 2] = (byte) samples[i];
            }
            String digest = image.get("decoded_rgb_sha256").getAsString();
            return new RgbImage(name, digest, width, height, 1, rgb);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
