package io.sextant.training.world.language;

import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;

/** What is clear between objects: places apart by a tenth of the image's side, sizes apart by a factor. */
record Relations(Scene scene) {
    private static final double CLEAR_SHARE = 0.1;
    private static final double CLEAR_FACTOR = 1.4;

    /** Whether the first is clearly in that direction from the second. */
    boolean isTowards(Side side, PlacedObject first, PlacedObject second) {
        return switch (side) {
            case LEFT -> second.centreX() - first.centreX() >= CLEAR_SHARE * scene.width();
            case RIGHT -> first.centreX() - second.centreX() >= CLEAR_SHARE * scene.width();
            case TOP -> second.centreY() - first.centreY() >= CLEAR_SHARE * scene.height();
            case BOTTOM -> first.centreY() - second.centreY() >= CLEAR_SHARE * scene.height();
        };
    }

    /** Whether the first is clearly bigger: by area, and no shorter by its longer side. */
    boolean isBigger(PlacedObject first, PlacedObject second) {
        return first.box().area() >= CLEAR_FACTOR * second.box().area() && first.longerSide() >= second.longerSide();
    }

    /** Whether an object is clearly in the outer third of that side. */
    boolean isAt(Side side, PlacedObject object) {
        double x = object.centreX() / scene.width();
        double y = object.centreY() / scene.height();
        return switch (side) {
            case LEFT -> x < 1.0 / 3;
            case RIGHT -> x > 2.0 / 3;
            case TOP -> y < 1.0 / 3;
            case BOTTOM -> y > 2.0 / 3;
        };
    }

    /** A side of the image, and how it is said. */
    enum Side {
        LEFT("on the left", "left of", "left"),
        RIGHT("on the right", "right of", "right"),
        TOP("at the top", "above", "above"),
        BOTTOM("at the bottom", "below", "below");

        private final String place;
        private final String relation;
        private final String answer;

        Side(String place, String relation, String answer) {
            this.place = place;
            this.relation = relation;
            this.answer = answer;
        }

        /** Such as {@code on the left}. */
        String place() {
            return place;
        }

        /** Such as {@code left of}. */
        String relation() {
            return relation;
        }

        /** Such as {@code left}. */
        String answer() {
            return answer;
        }

        Side opposite() {
            return switch (this) {
                case LEFT -> RIGHT;
                case RIGHT -> LEFT;
                case TOP -> BOTTOM;
                case BOTTOM -> TOP;
            };
        }
    }
}
