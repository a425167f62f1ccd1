package io.sextant.core.box;

/**
 * A box as the model writes it: whole numbers from 0 to 100, relative to the width and height of the image.
 *
 * @param xMin left edge, 0..100
 * @param yMin upper edge, 0..100
 * @param xMax right edge, xMin..100
 * @param yMax lower edge, yMin..100
 */
public record BinBox(int xMin, int yMin, int xMax, int yMax) {
    /** The largest bin; bins count from 0. */
    public static final int MAX_BIN = 100;

    public BinBox {
        if (!isValid(xMin, yMin, xMax, yMax)) {
            throw new IllegalArgumentException("A box needs 0 <= min <= max <= " + MAX_BIN + ", was " + xMin + ","
                    + yMin + "," + xMax + "," + yMax);
        }
    }

    /** Whether four numbers the model wrote make a box. */
    public static boolean isValid(int xMin, int yMin, int xMax, int yMax) {
        return xMin >= 0 && yMin >= 0 && xMax <= MAX_BIN && yMax <= MAX_BIN && xMin <= xMax && yMin <= yMax;
    }

    /**
     * The bins of a box in pixels. Truncates like the reference (coco_dataset.py), and keeps the result within 0..100.
     *
     * @param box in pixels of an image of the given size
     * @param width of that image, at least 1
     * @param height of that image, at least 1
     */
    public static BinBox ofPixels(PixelBox box, int width, int height) {
        return new BinBox(
                bin(box.xMin(), width), bin(box.yMin(), height), bin(box.xMax(), width), bin(box.yMax(), height));
    }

    /** The box in pixels of an image of the given size: bin / 100 x side. */
    public PixelBox toPixels(int width, int height) {
        return new PixelBox(xMin / 100.0 * width, yMin / 100.0 * height, xMax / 100.0 * width, yMax / 100.0 * height);
    }

    /** The text form, <code>{&lt;xMin&gt;&lt;yMin&gt;&lt;xMax&gt;&lt;yMax&gt;}</code>. */
    public String toText() {
        return "{<" + xMin + "><" + yMin + "><" + xMax + "><" + yMax + ">}";
    }

    private static int bin(double pixel, int side) {
        return Math.max(0, Math.min(MAX_BIN, (int) (pixel / side * 100)));
    }
}
