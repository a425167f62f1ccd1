package io.sextant.core.box;

/**
 * A box in pixels of the (upright) image. The origin is the upper left corner; edges may lie between pixels.
 *
 * @param xMin left edge, finite
 * @param yMin upper edge, finite
 * @param xMax right edge, at least xMin
 * @param yMax lower edge, at least yMin
 */
public record PixelBox(double xMin, double yMin, double xMax, double yMax) {
    public PixelBox {
        if (!Double.isFinite(xMin) || !Double.isFinite(yMin) || !Double.isFinite(xMax) || !Double.isFinite(yMax)) {
            throw new IllegalArgumentException(
                    "A box needs finite edges, was " + xMin + "," + yMin + "," + xMax + "," + yMax);
        }
        if (xMax < xMin || yMax < yMin) {
            throw new IllegalArgumentException("A box's right and lower edges must not lie before its left and upper"
                    + " edges, was " + xMin + "," + yMin + "," + xMax + "," + yMax);
        }
    }

    /** Area in square pixels, 0 for a degenerate box. */
    public double area() {
        return (xMax - xMin) * (yMax - yMin);
    }

    /**
     * Intersection over union: how far two boxes cover the same area, 0..1. Two boxes without area have 1 if they are equal,
     * else 0.
     */
    public double intersectionOverUnion(PixelBox other) {
        double width = Math.min(xMax, other.xMax) - Math.max(xMin, other.xMin);
        double height = Math.min(yMax, other.yMax) - Math.max(yMin, other.yMin);
        double intersection = Math.max(0, width) * Math.max(0, height);
        double union = area() + other.area() - intersection;
        if (union <= 0) {
            return equals(other) ? 1 : 0;
        }
        return Math.min(1, intersection / union);
    }
}
