package io.sextant.training.world.paint;

import io.sextant.training.world.scene.DominantColour;
import java.util.random.RandomGenerator;

/** Shades of the named colours, spread as far as people would still use the name. */
final class Palette {
    private Palette() {}

    static Shade shade(DominantColour colour, RandomGenerator random) {
        return switch (colour) {
            case WHITE -> hsv(random, 0, 360, 0, 0.05, 0.93, 1);
            case BLACK -> hsv(random, 0, 360, 0, 0.25, 0.02, 0.14);
            case GREY -> hsv(random, 0, 360, 0, 0.06, 0.38, 0.72);
            case RED -> hsv(random, -9, 8, 0.72, 1, 0.6, 0.96);
            case GREEN -> hsv(random, 92, 155, 0.42, 1, 0.32, 0.85);
            case BLUE -> hsv(random, 203, 240, 0.45, 1, 0.42, 1);
            case YELLOW -> hsv(random, 48, 60, 0.55, 1, 0.85, 1);
            case BROWN -> hsv(random, 18, 32, 0.48, 0.82, 0.28, 0.58);
            case PINK -> hsv(random, 322, 348, 0.24, 0.58, 0.92, 1);
            case PURPLE -> hsv(random, 264, 290, 0.42, 0.9, 0.38, 0.85);
        };
    }

    /** Any colour at all. */
    static Shade any(RandomGenerator random) {
        return hsv(random, 0, 360, 0, 1, 0.1, 1);
    }

    /** A little lighter or darker, but clearly the same colour. */
    static Shade near(Shade shade, RandomGenerator random) {
        return shade.towards(random.nextBoolean() ? Shade.WHITE : Shade.BLACK, random.nextDouble(0.05, 0.22));
    }

    static Shade hsv(
            RandomGenerator random,
            double hueFrom,
            double hueTo,
            double saturationFrom,
            double saturationTo,
            double valueFrom,
            double valueTo) {
        return Shade.ofHsv(
                random.nextDouble(hueFrom, hueTo),
                random.nextDouble(saturationFrom, saturationTo),
                random.nextDouble(valueFrom, valueTo));
    }
}
