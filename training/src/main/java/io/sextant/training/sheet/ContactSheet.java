package io.sextant.training.sheet;

import io.sextant.core.box.PixelBox;
import io.sextant.core.image.AnnotatedImage;
import io.sextant.core.image.LabelledBox;
import io.sextant.core.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Lays images out in rows and writes them as one PNG file. */
public final class ContactSheet {
    private static final int TILE_SIDE = 300;
    private static final int GAP = 8;
    private static final int COLUMNS = 5;

    private ContactSheet() {}

    /**
     * Draws the tiles row by row; each image is scaled to {@value #TILE_SIDE} pixels on its longer side.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(List<Tile> tiles, Path png) throws IOException {
        List<BufferedImage> drawn = new ArrayList<>();
        for (Tile tile : tiles) {
            drawn.add(draw(tile));
        }
        ImageIO.write(layOut(drawn), "png", png.toFile());
    }

    private static BufferedImage layOut(List<BufferedImage> tiles) {
        int columns = Math.max(1, Math.min(COLUMNS, tiles.size()));
        int width = GAP + columns * (TILE_SIDE + GAP);
        List<Integer> tops = new ArrayList<>();
        int top = GAP;
        for (int first = 0; first < tiles.size(); first += columns) {
            tops.add(top);
            top += GAP
                    + tiles.subList(first, Math.min(tiles.size(), first + columns)).stream()
                            .mapToInt(BufferedImage::getHeight)
                            .max()
                            .orElse(0);
        }
        BufferedImage sheet = new BufferedImage(width, Math.max(1, top), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < tiles.size(); i++) {
            graphics.drawImage(tiles.get(i), GAP + i % columns * (TILE_SIDE + GAP), tops.get(i / columns), null);
        }
        graphics.dispose();
        return sheet;
    }

    private static BufferedImage draw(Tile tile) throws IOException {
        RgbImage image = tile.image();
        double scale = (double) TILE_SIDE / Math.max(image.width(), image.height());
        List<LabelledBox> boxes = tile.boxes().stream()
                .map(box -> new LabelledBox(box.label(), scaled(box.box(), scale)))
                .toList();
        byte[] png = new AnnotatedImage(scaled(image, scale), boxes, tile.caption()).toPng();
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static PixelBox scaled(PixelBox box, double scale) {
        return new PixelBox(box.xMin() * scale, box.yMin() * scale, box.xMax() * scale, box.yMax() * scale);
    }

    private static RgbImage scaled(RgbImage image, double scale) {
        int width = Math.max(1, (int) Math.round(image.width() * scale));
        int height = Math.max(1, (int) Math.round(image.height() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = small.createGraphics();
        graphics.drawImage(Images.of(image).getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        graphics.dispose();
        return new RgbImage(image.name(), image.digest(), width, height, 1, Images.rgb(small));
    }
}
