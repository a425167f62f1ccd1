package io.sextant.core.box;

import io.sextant.core.error.ShownText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A box in pixels of the (upright) image. The origin is the upper left corner; edges may lie between pixels.
 *
 * @param xMin left edge, finite
 * @param yMin upper edge, finite
 * @param xMax right edge, at least xMin
 * @param yMax lower edge, at least yMin
 */
public record PixelBox(double xMin, double yMin, double xMax, double yMax) {
    private static final int EDGES = 4;
    private static final int LONGEST_SHOWN = 80;

    /** Java's own parser would also take 0x1p3, 10d and NaN. No digit can be read in two ways, so that a long text takes no longer than its length. */
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d{1,3})?");

    private static final String FORM = "; write xMin,yMin,xMax,yMax, for instance 10,20,300,400";

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

    /**
     * Reads a box as people write it: four numbers with commas between them, {@code xMin,yMin,xMax,yMax}, blanks around them
     * allowed; or as JSON has it, the same in square brackets.
     *
     * @throws IllegalArgumentException if it is anything else; its message begins with the text, and says how a box is written
     */
    public static PixelBox parse(String text) {
        List<String> parts = Arrays.stream(withoutBrackets(text.strip()).split(",", -1))
                .map(String::strip)
                .toList();
        if (parts.size() != EDGES
                || !parts.stream().allMatch(part -> NUMBER.matcher(part).matches())) {
            throw new IllegalArgumentException(
                    ShownText.of(text, LONGEST_SHOWN) + " must be four numbers in pixels of the upright image" + FORM);
        }
        try {
            return of(parts.stream().mapToDouble(Double::parseDouble).toArray());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ShownText.of(text, LONGEST_SHOWN) + " makes no sense: " + e.getMessage() + FORM, e);
        }
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    }

    /**
     * A box of its edges.
     *
     * @param edges {@code xMin, yMin, xMax, yMax}
     * @throws IllegalArgumentException if they are not four, or make no box
     */
    public static PixelBox of(double... edges) {
        if (edges.length != EDGES) {
            throw new IllegalArgumentException("A box has four edges, was " + edges.length);
        }
        return new PixelBox(edges[0], edges[1], edges[2], edges[3]);
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
