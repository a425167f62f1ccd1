package io.sextant.training.world.paint;

/** A number for every point of an image. */
@FunctionalInterface
interface Field {
    /**
     * @param u from the left edge, in units of the image's shorter side
     * @param v from the upper edge, in the same units
     * @return 0..1
     */
    double at(double u, double v);
}
