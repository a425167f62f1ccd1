package io.sextant.training.world.paint;

/**
 * Pixels to paint on, as floats of 0..255. A point can be told in pixels, or in units of the true image's shorter side, so
 * that a scene looks the same whatever size it is drawn at.
 */
final class Canvas {
    final int width;
    final int height;
    final float[] rgb;

    /** Units per pixel, across and down. */
    final double unitX;

    final double unitY;

    Canvas(int width, int height, int trueWidth, int trueHeight) {
        this.width = width;
        this.height = height;
        this.rgb = new float[3 * width * height];
        double shorter = Math.min(trueWidth, trueHeight);
        this.unitX = trueWidth / shorter / width;
        this.unitY = trueHeight / shorter / height;
    }

    /** Width in units. */
    double spanX() {
        return unitX * width;
    }

    /** Height in units. */
    double spanY() {
        return unitY * height;
    }

    void set(int x, int y, Shade shade) {
        int at = 3 * (y * width + x);
        rgb[at] = shade.red();
        rgb[at + 1] = shade.green();
        rgb[at + 2] = shade.blue();
    }

    /** Mixes a colour in. */
    void blend(int x, int y, Shade shade, float opacity) {
        int at = 3 * (y * width + x);
        rgb[at] += opacity * (shade.red() - rgb[at]);
        rgb[at + 1] += opacity * (shade.green() - rgb[at + 1]);
        rgb[at + 2] += opacity * (shade.blue() - rgb[at + 2]);
    }

    void fill(Shade shade) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = shade.red();
            rgb[i + 1] = shade.green();
            rgb[i + 2] = shade.blue();
        }
    }

    /** Fills with a mixture of two colours: 0 is the first, 1 the second. */
    void fill(Field field, Shade first, Shade second) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                set(x, y, first);
                blend(x, y, second, (float) field.at((x + 0.5) * unitX, (y + 0.5) * unitY));
            }
        }
    }

    /** As {@link #fill(Field, Shade, Shade)}, for fields with hard edges: each pixel is the mean of four points. */
    void fillSmoothly(Field field, Shade first, Shade second) {
        fill(
                (u, v) -> 0.25
                        * (field.at(u - 0.25 * unitX, v - 0.25 * unitY)
                                + field.at(u + 0.25 * unitX, v - 0.25 * unitY)
                                + field.at(u - 0.25 * unitX, v + 0.25 * unitY)
                                + field.at(u + 0.25 * unitX, v + 0.25 * unitY)),
                first,
                second);
    }

    byte[] toBytes() {
        byte[] bytes = new byte[rgb.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, (int) (rgb[i] + 0.5f)));
        }
        return bytes;
    }
}
