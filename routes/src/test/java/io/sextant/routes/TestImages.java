package io.sextant.routes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Small images, each colour its own. */
final class TestImages {
    private TestImages() {}

    static byte[] jpeg(int colour) {
        return encoded(colour, 32, 24, "jpg");
    }

    static byte[] png(int colour) {
        return encoded(colour, 32, 24, "png");
    }

    static byte[] png(int colour, int width, int height) {
        return encoded(colour, width, height, "png");
    }

    static byte[] truncatedJpeg() {
        byte[] whole = jpeg(0x336699);
        return Arrays.copyOf(whole, whole.length * 2 / 3);
    }

    private static byte[] encoded(int colour, int width, int height, String format) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(colour));
        graphics.fillRect(0, 0, width, height);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(2, 2, width / 2, height / 2);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
