package io.sextant.core.image;

/** Turns a stored image upright, as the EXIF orientation asks (CIPA DC-008, tag 0x0112). */
final class Orientation {
    private Orientation() {}

    /**
     * @param rgb the stored image, row by row
     * @param width as stored
     * @param height as stored
     * @param orientation 1..8; from 5 on, width and height change places
     * @return the upright image; the same array where nothing is to be done
     */
    static byte[] upright(byte[] rgb, int width, int height, int orientation) {
        if (orientation == 1) {
            return rgb;
        }
        boolean swaps = orientation >= 5;
        boolean mirrorsX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean mirrorsY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        int uprightWidth = swaps ? height : width;
        int uprightHeight = swaps ? width : height;
        byte[] upright = new byte[rgb.length];
        int target = 0;
        for (int y = 0; y < uprightHeight; y++) {
            for (int x = 0; x < uprightWidth; x++) {
                int storedX = swaps ? y : x;
                int storedY = swaps ? x : y;
                storedX = mirrorsX ? width - 1 - storedX : storedX;
                storedY = mirrorsY ? height - 1 - storedY : storedY;
                int source = 3 * (storedY * width + storedX);
                upright[target++] = rgb[source];
                upright[target++] = rgb[source + 1];
                upright[target++] = rgb[source + 2];
            }
        }
        return upright;
    }
}
