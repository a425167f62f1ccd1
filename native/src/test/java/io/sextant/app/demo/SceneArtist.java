package io.sextant.app.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws the demo's pictures with nothing but arithmetic, so that they are the same on every machine and anyone's to use.
 *
 * <p>After changing a scene, run {@link #main} with the folder of the resources as its argument; a test compares the
 * pictures with the files.
 */
final class SceneArtist {
    static final int WIDTH = 480;
    static final int HEIGHT = 360;

    /** Each pixel is the mean of this many samples a side, which smooths edges. */
    private static final int SAMPLES = 3;

    private final int[] samples = new int[WIDTH * SAMPLES * HEIGHT * SAMPLES];

    public static void main(String[] arguments) throws IOException {
        for (SampleScene scene : SampleScene.ALL) {
            ImageIO.write(
                    draw(scene.name()),
                    "png",
                    Path.of(arguments[0], scene.fileName()).toFile());
        }
    }

    static BufferedImage draw(String name) {
        SceneArtist artist = new SceneArtist();
        switch (name) {
            case "garden" -> artist.garden();
            case "table" -> artist.table();
            case "street" -> artist.street();
            case "sea" -> artist.sea();
            default -> throw new IllegalArgumentException("No scene is called " + name);
        }
        return artist.picture();
    }

    private void garden() {
        rectangle(0, 0, 480, 220, 0x9fd3f5);
        rectangle(0, 220, 480, 360, 0x77b255);
        ellipse(390, 20, 450, 80, 0xffd84d);
        rectangle(325, 150, 355, 270, 0x7a5230);
        ellipse(260, 60, 420, 190, 0x2f7d32);
        ellipse(60, 250, 140, 330, 0xd32f2f);
        ellipse(75, 262, 97, 284, 0xef8a8a);
    }

    private void table() {
        rectangle(0, 0, 480, 220, 0xf3e5cf);
        rectangle(0, 220, 480, 360, 0xa9744f);
        ellipse(320, 145, 370, 205, 0x1e5fb3);
        ellipse(330, 155, 360, 195, 0xf3e5cf);
        rectangle(250, 130, 340, 240, 0x1e5fb3);
        ellipse(250, 120, 340, 140, 0x4b8be0);
        ellipse(110, 150, 200, 240, 0x7cb342);
        rectangle(151, 130, 158, 160, 0x6d4c2a);
        ellipse(158, 128, 186, 142, 0x33691e);
    }

    private void street() {
        rectangle(0, 0, 480, 260, 0xbfe3f7);
        rectangle(0, 260, 480, 360, 0x6b6f75);
        rectangle(60, 130, 220, 270, 0xe0b080);
        triangle(40, 130, 240, 130, 140, 50, 0x9c3b2e);
        rectangle(80, 150, 120, 190, 0xdff3ff);
        rectangle(160, 150, 200, 190, 0xdff3ff);
        rectangle(120, 205, 160, 270, 0x5b3a21);
        rectangle(305, 250, 390, 280, 0xf9d423);
        rectangle(270, 275, 430, 305, 0xf9d423);
        rectangle(315, 256, 345, 275, 0x35506b);
        rectangle(352, 256, 382, 275, 0x35506b);
        ellipse(290, 290, 320, 320, 0x222222);
        ellipse(380, 290, 410, 320, 0x222222);
    }

    private void sea() {
        rectangle(0, 0, 480, 230, 0xffe0b2);
        ellipse(370, 130, 440, 200, 0xff8a3d);
        rectangle(0, 230, 480, 360, 0x2a7fa8);
        rectangle(236, 80, 242, 235, 0x5d4037);
        triangle(246, 90, 246, 220, 318, 220, 0xffffff);
        triangle(232, 110, 232, 220, 170, 220, 0xf2f2f2);
        rectangle(190, 235, 290, 270, 0x8d4a2b);
        triangle(160, 235, 190, 235, 190, 270, 0x8d4a2b);
        triangle(320, 235, 290, 235, 290, 270, 0x8d4a2b);
    }

    private void rectangle(double xMin, double yMin, double xMax, double yMax, int colour) {
        paint((x, y) -> x >= xMin && x < xMax && y >= yMin && y < yMax, colour);
    }

    private void ellipse(double xMin, double yMin, double xMax, double yMax, int colour) {
        double xCentre = (xMin + xMax) / 2;
        double yCentre = (yMin + yMax) / 2;
        paint(
                (x, y) -> {
                    double dx = (x - xCentre) / (xMax - xCentre);
                    double dy = (y - yCentre) / (yMax - yCentre);
                    return dx * dx + dy * dy < 1;
                },
                colour);
    }

    private void triangle(double xA, double yA, double xB, double yB, double xC, double yC, int colour) {
        paint(
                (x, y) -> {
                    boolean left = (xB - xA) * (y - yA) - (yB - yA) * (x - xA) >= 0;
                    boolean middle = (xC - xB) * (y - yB) - (yC - yB) * (x - xB) >= 0;
                    boolean right = (xA - xC) * (y - yC) - (yA - yC) * (x - xC) >= 0;
                    return left == middle && middle == right;
                },
                colour);
    }

    private void paint(Shape shape, int colour) {
        for (int row = 0; row < HEIGHT * SAMPLES; row++) {
            for (int column = 0; column < WIDTH * SAMPLES; column++) {
                if (shape.contains((column + 0.5) / SAMPLES, (row + 0.5) / SAMPLES)) {
                    samples[row * WIDTH * SAMPLES + column] = colour;
                }
            }
        }
    }

    private BufferedImage picture() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, mean(x, y, 16) << 16 | mean(x, y, 8) << 8 | mean(x, y, 0));
            }
        }
        return image;
    }

    private int mean(int x, int y, int shift) {
        int sum = 0;
        for (int row = y * SAMPLES; row < (y + 1) * SAMPLES; row++) {
            for (int column = x * SAMPLES; column < (x + 1) * SAMPLES; column++) {
                sum += samples[row * WIDTH * SAMPLES + column] >> shift & 0xff;
            }
        }
        return sum / (SAMPLES * SAMPLES);
    }

    /** A set of points. */
    private interface Shape {
        boolean contains(double x, double y);
    }
}
