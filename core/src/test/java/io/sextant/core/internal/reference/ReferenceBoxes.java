package io.sextant.core.internal.reference;

/** Box arithmetic of the reference's data sets, demo and evaluation. */
public final class ReferenceBoxes {
    private static final int MASK_SIDE = 100;

    private ReferenceBoxes() {}

    /**
     * The text of a COCO box (coco_dataset.py): truncated towards zero, not kept within 0..100.
     *
     * @param x left edge in pixels
     * @param y upper edge in pixels
     * @param boxWidth in pixels
     * @param boxHeight in pixels
     * @param width of the image
     * @param height of the image
     */
    public static String encode(double x, double y, double boxWidth, double boxHeight, int width, int height) {
        return text((int) (x / width * 100), (int) (y / height * 100), (int) ((x + boxWidth) / width * 100), (int)
                ((y + boxHeight) / height * 100));
    }

    /**
     * The text of the box around a sketched mask (demo_v2.py, {@code mask2bbox}): the mask is scaled to 100 x 100 by picking
     * the nearest pixel, and the edges are the first and last marked column and row, so that a full mask ends at 99.
     *
     * @param mask row by row, true where marked; at least 1 x 1
     * @return empty if nothing is marked in the scaled mask
     */
    public static String encodeMask(boolean[][] mask) {
        int[] rows = nearest(mask.length);
        int[] columns = nearest(mask[0].length);
        int xMin = MASK_SIDE;
        int yMin = MASK_SIDE;
        int xMax = -1;
        int yMax = -1;
        for (int y = 0; y < MASK_SIDE; y++) {
            for (int x = 0; x < MASK_SIDE; x++) {
                if (mask[rows[y]][columns[x]]) {
                    xMin = Math.min(xMin, x);
                    yMin = Math.min(yMin, y);
                    xMax = Math.max(xMax, x);
                    yMax = Math.max(yMax, y);
                }
            }
        }
        return xMax < 0 ? "" : text(xMin, yMin, xMax, yMax);
    }

    /**
     * Intersection over union as the evaluation counts it (eval_ref.py): edges are pixels that belong to the box, so a width is
     * {@code xMax - xMin + 1}. Boxes may be inside out.
     *
     * @param a xMin, yMin, xMax, yMax
     * @param b xMin, yMin, xMax, yMax
     */
    public static double intersectionOverUnion(double[] a, double[] b) {
        double width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]) + 1;
        double height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]) + 1;
        double intersection = Math.max(0, width) * Math.max(0, height);
        double areaOfA = (a[2] - a[0] + 1) * (a[3] - a[1] + 1);
        double areaOfB = (b[2] - b[0] + 1) * (b[3] - b[1] + 1);
        return intersection / (areaOfA + areaOfB - intersection);
    }

    /** Pillow, Geometry.c, ImagingScaleAffine: positions are summed up step by step. */
    private static int[] nearest(int size) {
        int[] picked = new int[MASK_SIDE];
        double step = (double) size / MASK_SIDE;
        double position = step * 0.5;
        for (int i = 0; i < MASK_SIDE; i++) {
            picked[i] = (int) position;
            position += step;
        }
        return picked;
    }

    private static String text(int xMin, int yMin, int xMax, int yMax) {
        return "{<" + xMin + "><" + yMin + "><" + xMax + "><" + yMax + ">}";
    }
}
