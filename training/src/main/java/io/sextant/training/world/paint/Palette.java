package io.sextant.training.world.paint;

import io.sextant.training.world.scene.DominantColour;
import java.util.random.RandomGenerator;

/** Shades of the named colours, spread as far as people would still use the name. */
final class Palette {
    private Palette() {}

    static Shade shade(DominantColour colour, RandomGenerator random) {
        return switch (colour) {
            case WHITE -> hsv(random, 0, 360, 0, 0.06, 0.92, 1);
            case BLACK -> hsv(random, 0, 360, 0, 0.25, 0, 0.15);
            case GREY -> hsv(random, 0, 360, 0, 0.09, 0.34, 0.78);
            case RED -> hsv(random, -12, 9, 0.72, 1, 0.52, 1);
            case GREEN -> hsv(random, 86, 158, 0.32, 1, 0.28, 1);
            case BLUE -> hsv(random, 197, 242, 0.38, 1, 0.35, 1);
            case YELLOW -> hsv(random, 46, 60, 0.42, 1, 0.83, 1);
            case BROWN -> hsv(random, 15, 33, 0.42, 0.88, 0.26, 0.64);
            case PINK -> hsv(random, 318, 352, 0.22, 0.66, 0.9, 1);
            case PURPLE -> hsv(random, 260, 303, 0.38, 1, 0.36, 0.88);
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
