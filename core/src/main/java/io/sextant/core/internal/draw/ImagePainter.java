package io.sextant.core.internal.draw;

import io.sextant.core.box.PixelBox;
import io.sextant.core.internal.draw.Canvas.Area;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws boxes with labels onto an image, and a caption below it. Sizes follow the size of the image. */
public final class ImagePainter {
    /** Colours that can be told apart, in the order they are given to phrases. */
    private static final int[] COLOURS = {
        0xE6194B, 0x3CB44B, 0x4363D8, 0xF58231, 0x911EB4, 0x42D4F4, 0xF032E6, 0xBFEF45,
        0xFFE119, 0x469990, 0xDCBEFF, 0x9A6324, 0xFABED4, 0x800000, 0xAAFFC3, 0x000075
    };

    private static final int BLACK = 0x101010;
    private static final int WHITE = 0xFFFFFF;
    private static final int STRIP = 0xF6F6F4;
    private static final int STRIP_EDGE = 0xC8C8C4;
    private static final double OUTLINE_OPACITY = 0.45;
    private static final double LABEL_OPACITY = 0.5;
    private static final double HALO_OPACITY = 0.75;
    private static final int THINNEST_LINE = 2;
    private static final double SMALLEST_FONT = 11;
    private static final double FONT_SHARE = 1 / 34.0;
    private static final double LINE_SHARE = 1 / 260.0;
    private static final int NARROWEST_CAPTION = 16;
    private static final int MOST_CAPTION_LINES = 30;

    private final double fontSize;
    private final int thickness;

    /** @param width of the image, which with its height decides how large letters and lines are */
    private ImagePainter(int width, int height) {
        double extent = Math.sqrt((double) width * height);
        this.fontSize = Math.max(SMALLEST_FONT, extent * FONT_SHARE);
        this.thickness = (int) Math.max(THINNEST_LINE, Math.round(extent * LINE_SHARE));
    }

    /**
     * @param label written on the box; empty for none
     * @param box in pixels of the image
     */
    public record Item(String label, PixelBox box) {}

    /**
     * @param width in pixels
     * @param height in pixels
     * @param rgb width x height x 3 bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Painting(int width, int height, byte[] rgb) {}

    /**
     * Paints on a copy.
     *
     * @param rgb width x height x 3 bytes, left as they are
     * @param caption empty for no strip
     */
    public static Painting paint(int width, int height, byte[] rgb, List<Item> items, String caption) {
        ImagePainter painter = new ImagePainter(width, height);
        Canvas canvas = new Canvas(width, height, rgb.clone());
        boolean hasLabels = items.stream().anyMatch(item -> !item.label().isBlank());
        if (!hasLabels && caption.isBlank()) {
            painter.boxes(canvas, items);
            return new Painting(width, height, canvas.rgb());
        }
        try (LabelFont font = LabelFont.open()) {
            painter.boxes(canvas, items);
            painter.labels(canvas, items, font);
            Canvas whole = caption.isBlank() ? canvas : painter.withCaption(canvas, caption, font);
            return new Painting(whole.width(), whole.height(), whole.rgb());
        }
    }

    private void boxes(Canvas canvas, List<Item> items) {
        Map<String, Integer> colours = new HashMap<>();
        for (Item item : items) {
            int colour = colour(colours, item.label());
            Area area = area(item.box(), canvas);
            if (area.width() > 0 && area.height() > 0) {
                Area around = new Area(area.left() - 1, area.top() - 1, area.width() + 2, area.height() + 2);
                canvas.frame(around, 1, BLACK, OUTLINE_OPACITY);
                canvas.frame(area, thickness, colour, 1);
                boolean hasRoom = Math.min(area.width(), area.height()) > 2 * thickness + 2;
                if (hasRoom) {
                    Area within = new Area(
                            area.left() + thickness,
                            area.top() + thickness,
                            area.width() - 2 * thickness,
                            area.height() - 2 * thickness);
                    canvas.frame(within, 1, BLACK, OUTLINE_OPACITY);
                }
            }
        }
    }

    private void labels(Canvas canvas, List<Item> items, LabelFont font) {
        Map<String, Integer> colours = new HashMap<>();
        LabelPlacement placement = new LabelPlacement(canvas.width(), canvas.height());
        int padding = (int) Math.ceil(fontSize * 0.3);
        int height = (int) Math.ceil(font.ascent(fontSize) + font.descent(fontSize) + padding);
        for (Item item : items) {
            int colour = colour(colours, item.label());
            Area box = area(item.box(), canvas);
            String text = LabelFont.printable(item.label());
            if (text.isEmpty() || box.width() <= 0 || box.height() <= 0) {
                continue;
            }
            String line = TextLines.shortened(text, canvas.width() - 2.0 * padding, fontSize, font);
            int width = (int) Math.min(canvas.width(), Math.ceil(font.width(line, fontSize) + 2.0 * padding));
            Area place = placement.take(box, width, height);
            canvas.fill(place, colour, LABEL_OPACITY);
            CoverageMask letters = new CoverageMask(width, height);
            letters.fill(font.outline(line, fontSize, padding, padding / 2.0 + font.ascent(fontSize)));
            int halo = (int) Math.max(1, Math.round(fontSize / 14));
            canvas.fill(letters.grown(halo), place.left(), place.top(), BLACK, HALO_OPACITY);
            canvas.fill(letters, place.left(), place.top(), WHITE, 1);
        }
    }

    private Canvas withCaption(Canvas image, String caption, LabelFont font) {
        int padding = (int) Math.ceil(fontSize * 0.8);
        int width = Math.max(image.width(), (int) Math.ceil(NARROWEST_CAPTION * fontSize));
        List<String> lines = TextLines.wrapped(caption, width - 2.0 * padding, fontSize, MOST_CAPTION_LINES, font);
        int lineHeight = (int) Math.ceil(fontSize * 1.35);
        int height = image.height() + 2 * padding + lineHeight * lines.size();
        Canvas whole = new Canvas(width, height, new byte[3 * width * height]);
        whole.fill(new Area(image.width(), 0, width - image.width(), image.height()), STRIP, 1);
        whole.fill(new Area(0, image.height(), width, height - image.height()), STRIP, 1);
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(image.rgb(), 3 * y * image.width(), whole.rgb(), 3 * y * width, 3 * image.width());
        }
        whole.fill(new Area(0, image.height(), width, 1), STRIP_EDGE, 1);
        int top = image.height() + padding;
        for (String line : lines) {
            CoverageMask letters = new CoverageMask(width, lineHeight);
            letters.fill(font.outline(line, fontSize, padding, font.ascent(fontSize)));
            whole.fill(letters, 0, top, BLACK, 1);
            top += lineHeight;
        }
        return whole;
    }

    private static int colour(Map<String, Integer> colours, String label) {
        return colours.computeIfAbsent(label, phrase -> COLOURS[colours.size() % COLOURS.length]);
    }

    /** The part of a box that lies on the image, in whole pixels; at least one wide and high if it touches the image. */
    private static Area area(PixelBox box, Canvas canvas) {
        int left = (int) Math.round(Math.max(0, box.xMin()));
        int top = (int) Math.round(Math.max(0, box.yMin()));
        int right = (int) Math.round(Math.min(canvas.width(), box.xMax()));
        int bottom = (int) Math.round(Math.min(canvas.height(), box.yMax()));
        boolean touches = box.xMax() >= 0 && box.yMax() >= 0 && left <= canvas.width() && top <= canvas.height();
        if (!touches) {
            return new Area(0, 0, 0, 0);
        }
        left = Math.min(left, canvas.width() - 1);
        top = Math.min(top, canvas.height() - 1);
        return new Area(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    }
}
