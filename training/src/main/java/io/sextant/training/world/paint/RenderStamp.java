package io.sextant.training.world.paint;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.render.Render;

/**
 * A render scaled to its place on a canvas: premultiplied red, green, blue and alpha, each 0..255, for a rectangle of pixels.
 *
 * @param left first column on the canvas
 * @param top first row on the canvas
 * @param width columns
 * @param height rows
 * @param samples height x width x 4
 */
@SuppressWarnings("ArrayRecordComponent") // a short-lived buffer of the painter
record RenderStamp(int left, int top, int width, int height, float[] samples) {
    private static final int CHANNELS = 4;

    /**
     * Scales the sharpest size of the render that is needed.
     *
     * @param target where the object's box comes to lie, in pixels of the canvas
     */
    static RenderStamp of(Render render, PixelBox target, boolean mirrored, int canvasWidth, int canvasHeight) {
        double scaleX = (target.xMax() - target.xMin()) / (render.right() - render.left());
        double scaleY = (target.yMax() - target.yMin()) / (render.bottom() - render.top());
        int level = 0;
        while (level + 1 < render.levels() && Math.max(scaleX, scaleY) * (2 << level) <= 0.5) {
            level++;
        }
        return of(render, level, target, mirrored, canvasWidth, canvasHeight);
    }

    /** Scales one size of the render; a small one gives soft edges, as a shadow has. */
    static RenderStamp of(
            Render render, int level, PixelBox target, boolean mirrored, int canvasWidth, int canvasHeight) {
        double scaleX = (target.xMax() - target.xMin()) / (render.right() - render.left());
        double scaleY = (target.yMax() - target.yMin()) / (render.bottom() - render.top());
        int marginX = mirrored ? Render.SIDE - render.right() : render.left();
        int side = Render.SIDE >> level;
        Taps columns = Taps.of(target.xMin() - marginX * scaleX, scaleX * (1 << level), mirrored, side, canvasWidth);
        Taps rows = Taps.of(target.yMin() - render.top() * scaleY, scaleY * (1 << level), false, side, canvasHeight);
        return new RenderStamp(
                columns.from(),
                rows.from(),
                columns.count(),
                rows.count(),
                scale(render.level(level), side, columns, rows));
    }

    float alpha(int x, int y) {
        return samples[CHANNELS * (y * width + x) + 3];
    }

    private static float[] scale(int[] pixels, int side, Taps columns, Taps rows) {
        int width = columns.count();
        int rowBegin = rows.sourceBegin();
        int rowEnd = rows.sourceEnd();
        float[] narrowed = new float[Math.max(0, rowEnd - rowBegin) * width * CHANNELS];
        for (int row = rowBegin; row < rowEnd; row++) {
            for (int x = 0; x < width; x++) {
                int source = row * side + columns.first()[x];
                float red = 0;
                float green = 0;
                float blue = 0;
                float alpha = 0;
                for (float weight : columns.weights()[x]) {
                    int pixel = pixels[source++];
                    alpha += weight * (pixel >>> 24);
                    red += weight * (pixel >> 16 & 0xFF);
                    green += weight * (pixel >> 8 & 0xFF);
                    blue += weight * (pixel & 0xFF);
                }
                int at = CHANNELS * ((row - rowBegin) * width + x);
                narrowed[at] = red;
                narrowed[at + 1] = green;
                narrowed[at + 2] = blue;
                narrowed[at + 3] = alpha;
            }
        }
        return shorten(narrowed, rowBegin, width * CHANNELS, rows);
    }

    private static float[] shorten(float[] narrowed, int rowBegin, int rowLength, Taps rows) {
        float[] samples = new float[rows.count() * rowLength];
        for (int y = 0; y < rows.count(); y++) {
            int source = (rows.first()[y] - rowBegin) * rowLength;
            for (float weight : rows.weights()[y]) {
                for (int i = 0; i < rowLength; i++) {
                    samples[y * rowLength + i] += weight * narrowed[source + i];
                }
                source += rowLength;
            }
        }
        return samples;
    }
}
