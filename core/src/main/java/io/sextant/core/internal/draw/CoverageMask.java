package io.sextant.core.internal.draw;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much of each pixel of a rectangle a shape covers, 0..1. */
final class CoverageMask {
    /*
     * A pixel row is cut into a few lines. On each line the shape's edges are sorted by where they cross it; between two
     * crossings with a winding number other than zero the shape covers the line, and every pixel gets the exact part of its
     * width that is covered.
     */
    private static final int LINES_PER_ROW = 8;
    private static final double FLATNESS = 0.05;

    private final int width;
    private final int height;
    private final float[] coverage;

    CoverageMask(int width, int height) {
        this.width = width;
        this.height = height;
        this.coverage = new float[width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    float at(int x, int y) {
        return coverage[y * width + x];
    }

    /** Adds a shape; what lies outside of the mask is left out. */
    void fill(Path2D shape) {
        List<Edge> edges = edges(shape);
        List<Crossing> crossings = new ArrayList<>();
        for (int line = 0; line < height * LINES_PER_ROW; line++) {
            double y = (line + 0.5) / LINES_PER_ROW;
            crossings.clear();
            for (Edge edge : edges) {
                if (edge.yTop() <= y && y < edge.yBottom()) {
                    crossings.add(new Crossing(edge.xAt(y), edge.winding()));
                }
            }
            crossings.sort(Comparator.comparingDouble(Crossing::x));
            int winding = 0;
            for (int i = 0; i + 1 < crossings.size(); i++) {
                winding += crossings.get(i).winding();
                if (winding != 0) {
                    cover(
                            line / LINES_PER_ROW,
                            crossings.get(i).x(),
                            crossings.get(i + 1).x());
                }
            }
        }
    }

    /** A mask that reaches further by some pixels all around, as a halo for this one. */
    CoverageMask grown(int radius) {
        CoverageMask grown = new CoverageMask(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                float most = 0;
                for (int dy = -radius; dy <= radius; dy++) {
                    for (int dx = -radius; dx <= radius; dx++) {
                        boolean isWithin = x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height;
                        if (isWithin && dx * dx + dy * dy <= radius * radius + 1) {
                            most = Math.max(most, at(x + dx, y + dy));
                        }
                    }
                }
                grown.coverage[y * width + x] = most;
            }
        }
        return grown;
    }

    private void cover(int row, double from, double to) {
        double left = Math.max(0, from);
        double right = Math.min(width, to);
        for (int x = (int) left; x < right; x++) {
            double part = Math.min(right, x + 1.0) - Math.max(left, x);
            int index = row * width + x;
            coverage[index] = Math.min(1, coverage[index] + (float) (part / LINES_PER_ROW));
        }
    }

    private static List<Edge> edges(Path2D shape) {
        List<Edge> edges = new ArrayList<>();
        double[] point = new double[6];
        double startX = 0;
        double startY = 0;
        double x = 0;
        double y = 0;
        for (PathIterator i = shape.getPathIterator(null, FLATNESS); !i.isDone(); i.next()) {
            int kind = i.currentSegment(point);
            boolean isMove = kind == PathIterator.SEG_MOVETO;
            boolean isLine = kind == PathIterator.SEG_LINETO;
            double nextX = isLine ? point[0] : startX;
            double nextY = isLine ? point[1] : startY;
            Edge.add(edges, x, y, nextX, nextY); // a move closes the outline before it
            if (isMove) {
                startX = point[0];
                startY = point[1];
            }
            x = isLine ? nextX : startX;
            y = isLine ? nextY : startY;
        }
        Edge.add(edges, x, y, startX, startY);
        return edges;
    }

    private record Crossing(double x, int winding) {}

    private record Edge(double xTop, double yTop, double yBottom, double slope, int winding) {
        static void add(List<Edge> edges, double x0, double y0, double x1, double y1) {
            if (y0 < y1) {
                edges.add(new Edge(x0, y0, y1, (x1 - x0) / (y1 - y0), 1));
            } else if (y1 < y0) {
                edges.add(new Edge(x1, y1, y0, (x0 - x1) / (y0 - y1), -1));
            }
        }

        double xAt(double y) {
            return xTop + (y - yTop) * slope;
        }
    }
}
