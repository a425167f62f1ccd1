package io.sextant.training.world.paint;

import java.util.random.RandomGenerator;

/** Smooth random numbers over the plane: random at whole points, interpolated between them. */
final class ValueNoise {
    private final int seed;

    ValueNoise(RandomGenerator random) {
        this.seed = random.nextInt();
    }

    /** 0..1; changes within a distance of about 1. */
    double at(double x, double y) {
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        double fx = smooth(x - column);
        double fy = smooth(y - row);
        double upper = corner(column, row) + fx * (corner(column + 1, row) - corner(column, row));
        double lower = corner(column, row + 1) + fx * (corner(column + 1, row + 1) - corner(column, row + 1));
        return upper + fy * (lower - upper);
    }

    /** 0..1; octaves of halving size and weight. */
    double fractal(double x, double y, int octaves) {
        double sum = 0;
        double weight = 1;
        double total = 0;
        double scale = 1;
        for (int i = 0; i < octaves; i++) {
            sum += weight * at(x * scale, y * scale + 17.3 * i);
            total += weight;
            weight /= 2;
            scale *= 2;
        }
        return sum / total;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }

    private double corner(int x, int y) {
        int h = x * 374761393 + y * 668265263 + seed;
        h = (h ^ h >>> 13) * 1274126177;
        return ((h ^ h >>> 16) & 0xFFFF) / 65535.0;
    }
}
