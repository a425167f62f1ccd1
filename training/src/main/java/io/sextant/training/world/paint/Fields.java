package io.sextant.training.world.paint;

import java.util.random.RandomGenerator;

/** Ramps, textures and patterns to fill a background with; each call draws its own measures at random. */
final class Fields {
    private static final double FULL_TURN = 2 * Math.PI;

    private Fields() {}

    /** Rises from 0 to 1: straight, from a point outwards, or from the middle line. */
    static Field ramp(double spanX, double spanY, RandomGenerator random) {
        double angle = random.nextDouble(FULL_TURN);
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        double middleX = spanX * random.nextDouble(0.2, 0.8);
        double middleY = spanY * random.nextDouble(0.2, 0.8);
        double reach = Math.hypot(spanX, spanY) / 2;
        return switch (random.nextInt(3)) {
            case 0 -> (u, v) -> clamp(0.5 + ((u - spanX / 2) * dx + (v - spanY / 2) * dy) / (2 * reach));
            case 1 -> (u, v) -> clamp(Math.hypot(u - middleX, v - middleY) / (1.3 * reach));
            default -> (u, v) -> clamp(Math.abs((u - middleX) * dx + (v - middleY) * dy) / reach);
        };
    }

    /** Clouds, grain, brushed metal, marble, wood or paper. */
    static Field texture(RandomGenerator random) {
        ValueNoise noise = new ValueNoise(random);
        double scale = Math.exp(random.nextDouble(Math.log(2), Math.log(28)));
        double angle = random.nextDouble(FULL_TURN);
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double stretch = random.nextDouble(3, 12);
        return switch (random.nextInt(6)) {
            case 0 -> (u, v) -> noise.fractal(u * scale, v * scale, 4);
            case 1 -> (u, v) -> noise.fractal(u * 40, v * 40, 2);
            case 2 -> (u, v) -> noise.fractal((u * cos + v * sin) * 4, (v * cos - u * sin) * 4 * stretch, 3);
            case 3 ->
                (u, v) ->
                        0.5 + 0.5 * Math.sin(FULL_TURN * (u * cos + v * sin) * 3 + 7 * noise.fractal(u * 4, v * 4, 3));
            case 4 ->
                (u, v) -> {
                    double ring = Math.hypot(u - 3 * cos, v - 3 * sin) * 9 + 1.5 * noise.fractal(u * 3, v * 3, 2);
                    return ring - Math.floor(ring);
                };
            default -> (u, v) -> Math.abs(2 * noise.fractal(u * scale, v * scale, 3) - 1);
        };
    }

    /**
     * Stripes, checks, dots, lines, zigzags, diamonds, bricks or waves; 1 where the pattern's second colour is.
     *
     * @param duty about how much of the area the second colour takes, 0..1; checks take half
     */
    static Field pattern(double duty, boolean withChecks, RandomGenerator random) {
        double period = Math.exp(random.nextDouble(Math.log(0.05), Math.log(0.35)));
        double angle = random.nextBoolean() ? random.nextInt(4) * FULL_TURN / 8 : random.nextDouble(FULL_TURN);
        double cos = Math.cos(angle) / period;
        double sin = Math.sin(angle) / period;
        Field pattern = switch (random.nextInt(withChecks ? 8 : 7)) {
            case 0 -> (x, y) -> part(x) < duty ? 1 : 0;
            case 1 -> {
                double radius = Math.sqrt(duty / Math.PI);
                yield (x, y) -> Math.hypot(part(x) - 0.5, part(y) - 0.5) < radius ? 1 : 0;
            }
            case 2 -> {
                double line = 1 - Math.sqrt(1 - duty);
                yield (x, y) -> part(x) < line || part(y) < line ? 1 : 0;
            }
            case 3 -> (x, y) -> part(x + Math.abs(part(y) - 0.5)) < duty ? 1 : 0;
            case 4 -> {
                double half = Math.sqrt(duty / 2);
                yield (x, y) -> Math.abs(part(x) - 0.5) + Math.abs(part(y) - 0.5) < half ? 1 : 0;
            }
            case 5 -> {
                double joint = duty / 3;
                yield (x, y) -> part(2 * y) < 2 * joint || part(x + (part(y) < 0.5 ? 0 : 0.5)) < joint ? 1 : 0;
            }
            case 6 -> (x, y) -> part(y + 0.15 * Math.sin(FULL_TURN * x)) < duty ? 1 : 0;
            default -> (x, y) -> (part(x) < 0.5) == (part(y) < 0.5) ? 1 : 0;
        };
        return (u, v) -> pattern.at(u * cos + v * sin, v * cos - u * sin);
    }

    private static double part(double value) {
        return value - Math.floor(value);
    }

    static double clamp(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
