package io.sextant.training.world.paint;

/**
 * A colour to paint with.
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 */
record Shade(float red, float green, float blue) {
    static final Shade WHITE = new Shade(255, 255, 255);
    static final Shade BLACK = new Shade(0, 0, 0);

    /** @param hue in degrees, any; saturation and value 0..1 */
    static Shade ofHsv(double hue, double saturation, double value) {
        return new Shade(
                channel(5, hue, saturation, value),
                channel(3, hue, saturation, value),
                channel(1, hue, saturation, value));
    }

    private static float channel(int offset, double hue, double saturation, double value) {
        double k = (offset + ((hue % 360) + 360) % 360 / 60) % 6;
        return (float) (255 * value * (1 - saturation * Math.max(0, Math.min(1, Math.min(k, 4 - k)))));
    }

    /** A share of the way to another colour, 0..1. */
    Shade towards(Shade other, double share) {
        float s = (float) share;
        return new Shade(
                red + s * (other.red - red), green + s * (other.green - green), blue + s * (other.blue - blue));
    }
}
