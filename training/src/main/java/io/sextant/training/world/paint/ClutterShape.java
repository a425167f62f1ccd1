package io.sextant.training.world.paint;

import java.util.random.RandomGenerator;

/**
 * A shaded ellipse, box or diamond at any angle. Places and sizes are in units of the image's shorter side.
 *
 * @param u middle
 * @param v middle
 * @param halfLength along its own first axis
 * @param halfWidth along its own second axis
 * @param angle of the first axis, in radians
 * @param roundness exponent of its outline: 1 diamond, 2 ellipse, large box
 * @param first colour at one end
 * @param second colour at the other end
 * @param noise of its surface
 */
record ClutterShape(
        double u,
        double v,
        double halfLength,
        double halfWidth,
        double angle,
        double roundness,
        Shade first,
        Shade second,
        ValueNoise noise) {
    private static final double[] OUTLINES = {1, 2, 2, 12};

    static ClutterShape random(double spanX, double spanY, RandomGenerator random) {
        double size = Math.exp(random.nextDouble(Math.log(0.03), Math.log(0.3)));
        Shade first = Palette.any(random);
        return new ClutterShape(
                random.nextDouble(spanX),
                random.nextDouble(spanY),
                size,
                size * random.nextDouble(0.15, 1),
                random.nextDouble(Math.PI),
                OUTLINES[random.nextInt(OUTLINES.length)],
                first,
                random.nextBoolean() ? Palette.any(random) : first.towards(Shade.BLACK, 0.6),
                new ValueNoise(random));
    }

    void paint(Canvas canvas) {
        int left = Math.max(0, (int) ((u - halfLength) / canvas.unitX));
        int right = Math.min(canvas.width - 1, (int) ((u + halfLength) / canvas.unitX));
        int top = Math.max(0, (int) ((v - halfLength) / canvas.unitY));
        int bottom = Math.min(canvas.height - 1, (int) ((v + halfLength) / canvas.unitY));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double pixel = Math.max(canvas.unitX, canvas.unitY);
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double du = (x + 0.5) * canvas.unitX - u;
                double dv = (y + 0.5) * canvas.unitY - v;
                double along = (du * cos + dv * sin) / halfLength;
                double across = (dv * cos - du * sin) / halfWidth;
                double outline = Math.pow(
                        Math.pow(Math.abs(along), roundness) + Math.pow(Math.abs(across), roundness), 1 / roundness);
                float inside = (float) Fields.clamp((1 - outline) * halfWidth / pixel + 0.5);
                if (inside > 0) {
                    double tone = 0.5 + 0.4 * along + 0.3 * (noise.fractal(along * 3, across * 3, 2) - 0.5);
                    canvas.blend(x, y, first.towards(second, Fields.clamp(tone)), inside);
                }
            }
        }
    }
}
