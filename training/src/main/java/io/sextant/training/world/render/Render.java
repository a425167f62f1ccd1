package io.sextant.training.world.render;

/**
 * The image of one noun: a square of premultiplied samples with alpha, in halving sizes, so that a small drawing need not read
 * the large image. Immutable and safe to share between threads.
 */
public final class Render {
    /** The side of every render as it is published, in pixels. */
    public static final int SIDE = 256;

    /** A pixel with at least this much alpha, of 255, belongs to the object. */
    public static final int OBJECT_ALPHA = 41;

    private static final int SMALLEST_SIDE = 8;

    private final int[][] levels;
    private final int left;
    private final int top;
    private final int right;
    private final int bottom;

    private Render(int[][] levels, int left, int top, int right, int bottom) {
        this.levels = levels;
        this.left = left;
        this.top = top;
        this.right = right;
        this.bottom = bottom;
    }

    /**
     * @param argb {@value #SIDE} x {@value #SIDE} pixels, row by row, not premultiplied
     * @throws IllegalArgumentException if no pixel belongs to the object
     */
    static Render of(int[] argb) {
        int left = SIDE;
        int top = SIDE;
        int right = 0;
        int bottom = 0;
        for (int i = 0; i < argb.length; i++) {
            if (argb[i] >>> 24 >= OBJECT_ALPHA) {
                left = Math.min(left, i % SIDE);
                right = Math.max(right, i % SIDE + 1);
                top = Math.min(top, i / SIDE);
                bottom = Math.max(bottom, i / SIDE + 1);
            }
        }
        if (right == 0) {
            throw new IllegalArgumentException("The render shows nothing");
        }
        int[][] levels = new int[Integer.numberOfTrailingZeros(SIDE / SMALLEST_SIDE) + 1][];
        levels[0] = new int[argb.length];
        for (int i = 0; i < argb.length; i++) {
            levels[0][i] = premultiplied(argb[i]);
        }
        for (int level = 1; level < levels.length; level++) {
            levels[level] = halved(levels[level - 1], SIDE >> (level - 1));
        }
        return new Render(levels, left, top, right, bottom);
    }

    /** How many sizes there are; size k has the side {@link #SIDE} / 2^k. */
    public int levels() {
        return levels.length;
    }

    /** The premultiplied ARGB pixels of a size, row by row. Shared: callers must not write to them. */
    public int[] level(int level) {
        return levels[level];
    }

    /** Left edge of the object within the square, in pixels of the largest size. */
    public int left() {
        return left;
    }

    /** Upper edge of the object. */
    public int top() {
        return top;
    }

    /** Right edge of the object, after its last pixel. */
    public int right() {
        return right;
    }

    /** Lower edge of the object, after its last pixel. */
    public int bottom() {
        return bottom;
    }

    /** Width over height of the object's box. */
    public double aspectRatio() {
        return (double) (right - left) / (bottom - top);
    }

    /**
     * Whether the object covers a point of its box.
     *
     * @param x 0..1 from the box's left edge to its right edge
     * @param y 0..1 from the box's upper edge to its lower edge
     */
    public boolean covers(double x, double y) {
        int column = Math.min(right - 1, left + (int) (x * (right - left)));
        int row = Math.min(bottom - 1, top + (int) (y * (bottom - top)));
        return levels[0][row * SIDE + column] >>> 24 >= OBJECT_ALPHA;
    }

    private static int premultiplied(int argb) {
        int alpha = argb >>> 24;
        int packed = alpha;
        for (int shift = 16; shift >= 0; shift -= 8) {
            packed = packed << 8 | ((argb >> shift & 0xFF) * alpha + 127) / 255;
        }
        return packed;
    }

    private static int[] halved(int[] pixels, int side) {
        int half = side / 2;
        int[] result = new int[half * half];
        for (int y = 0; y < half; y++) {
            for (int x = 0; x < half; x++) {
                int at = 2 * y * side + 2 * x;
                result[y * half + x] = mean(pixels[at], pixels[at + 1], pixels[at + side], pixels[at + side + 1]);
            }
        }
        return result;
    }

    private static int mean(int a, int b, int c, int d) {
        int packed = 0;
        for (int shift = 24; shift >= 0; shift -= 8) {
            int sum = (a >>> shift & 0xFF) + (b >>> shift & 0xFF) + (c >>> shift & 0xFF) + (d >>> shift & 0xFF);
            packed = packed << 8 | (sum + 2) / 4;
        }
        return packed;
    }
}
