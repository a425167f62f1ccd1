package io.sextant.core.internal.draw;

/** RGB samples that can be painted on. Rectangles and masks are clipped to its edges. */
final class Canvas {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /** @param rgb width x height x 3 bytes, painted in place */
    Canvas(int width, int height, byte[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    byte[] rgb() {
        return rgb;
    }

    /** @param opacity 0 leaves the image, 1 hides it */
    void fill(Area area, int colour, double opacity) {
        for (int y = Math.max(0, area.top()); y < Math.min(height, area.bottom()); y++) {
            for (int x = Math.max(0, area.left()); x < Math.min(width, area.right()); x++) {
                blend(x, y, colour, opacity);
            }
        }
    }

    /** A frame along the inner side of an area's edges. */
    void frame(Area area, int thickness, int colour, double opacity) {
        int across = Math.min(thickness, (area.height() + 1) / 2);
        fill(new Area(area.left(), area.top(), area.width(), across), colour, opacity);
        fill(
                new Area(area.left(), area.bottom() - across, area.width(), Math.min(across, area.height() - across)),
                colour,
                opacity);
        int along = Math.min(thickness, (area.width() + 1) / 2);
        int inner = area.height() - 2 * across;
        fill(new Area(area.left(), area.top() + across, along, inner), colour, opacity);
        fill(
                new Area(area.right() - along, area.top() + across, Math.min(along, area.width() - along), inner),
                colour,
                opacity);
    }

    /** Paints through a mask whose upper left corner lies at a point. */
    void fill(CoverageMask mask, int left, int top, int colour, double opacity) {
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                boolean isWithin = left + x >= 0 && left + x < width && top + y >= 0 && top + y < height;
                if (isWithin && mask.at(x, y) > 0) {
                    blend(left + x, top + y, colour, opacity * mask.at(x, y));
                }
            }
        }
    }

    private void blend(int x, int y, int colour, double opacity) {
        int index = 3 * (y * width + x);
        for (int channel = 0; channel < 3; channel++) {
            int under = rgb[index + channel] & 0xFF;
            int over = colour >> (16 - 8 * channel) & 0xFF;
            rgb[index + channel] = (byte) Math.round(under + (over - under) * opacity);
        }
    }

    /** A rectangle of whole pixels; right and bottom are the first beyond it. */
    record Area(int left, int top, int width, int height) {
        int right() {
            return left + width;
        }

        int bottom() {
            return top + height;
        }

        boolean overlaps(Area other) {
            return left < other.right() && other.left < right() && top < other.bottom() && other.top < bottom();
        }

        Area movedTo(int otherLeft, int otherTop) {
            return new Area(otherLeft, otherTop, width, height);
        }
    }
}
