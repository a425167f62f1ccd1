package io.sextant.core.box;

/**
 * A box whose edges lie between bins: the four numbers the model wrote, moved to where it expected the edges. In the bins' own
 * unit, hundredths of the width and height of the image.
 *
 * @param xMin left edge, 0..100
 * @param yMin upper edge, 0..100
 * @param xMax right edge, xMin..100
 * @param yMax lower edge, yMin..100
 */
public record RefinedBox(double xMin, double yMin, double xMax, double yMax) {
    /** How many bins to either side of the one written count for an edge, where nothing else is said. */
    public static final int WINDOW = 2;

    public RefinedBox {
        boolean isOrdered = 0 <= xMin && xMin <= xMax && xMax <= BinBox.MAX_BIN;
        if (!isOrdered || !(0 <= yMin && yMin <= yMax && yMax <= BinBox.MAX_BIN)) {
            throw new IllegalArgumentException("A box needs 0 <= min <= max <= " + BinBox.MAX_BIN + ", was " + xMin
                    + "," + yMin + "," + xMax + "," + yMax);
        }
    }

    /**
     * Each edge by {@link BinDistribution#expectedNear}; two edges that would pass one another meet halfway.
     *
     * @param window how many bins to either side of the one written count, at least 0; 0 leaves the box as it was written
     */
    public static RefinedBox of(
            BinBox written,
            BinDistribution xMin,
            BinDistribution yMin,
            BinDistribution xMax,
            BinDistribution yMax,
            int window) {
        double left = xMin.expectedNear(written.xMin(), window);
        double upper = yMin.expectedNear(written.yMin(), window);
        double right = xMax.expectedNear(written.xMax(), window);
        double lower = yMax.expectedNear(written.yMax(), window);
        double middle = (left + right) / 2;
        double centre = (upper + lower) / 2;
        return new RefinedBox(
                Math.min(left, middle), Math.min(upper, centre), Math.max(right, middle), Math.max(lower, centre));
    }

    /** The box in pixels of an image of the given size, as {@link BinBox#toPixels}: bin / 100 x side. */
    public PixelBox toPixels(int width, int height) {
        return new PixelBox(xMin / 100.0 * width, yMin / 100.0 * height, xMax / 100.0 * width, yMax / 100.0 * height);
    }
}
