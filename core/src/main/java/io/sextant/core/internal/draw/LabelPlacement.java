package io.sextant.core.internal.draw;

import io.sextant.core.internal.draw.Canvas.Area;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds places for labels: inside the image, close to their boxes, not on each other. */
final class LabelPlacement {
    private final int width;
    private final int height;
    private final List<Area> taken = new ArrayList<>();

    LabelPlacement(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Takes a place: on top of the box where there is room, else just inside of it; pushed down past other labels, and up
     * where the image ends. A label that finds no free place lies on others.
     *
     * @param box the box's pixels
     * @param labelWidth at most the image's width
     */
    Area take(Area box, int labelWidth, int labelHeight) {
        int left = Math.max(0, Math.min(box.left(), width - labelWidth));
        int above = box.top() - labelHeight;
        int preferred = Math.max(0, Math.min(above >= 0 ? above : box.top(), height - labelHeight));
        Area place = new Area(left, preferred, labelWidth, labelHeight);
        Area free = free(place, 1);
        if (isBlocked(free)) {
            free = free(place, -1);
        }
        Area chosen = isBlocked(free) ? place : free;
        taken.add(chosen);
        return chosen;
    }

    /** Moves on past each label in the way, as long as the image goes. */
    private Area free(Area start, int direction) {
        Area place = start;
        for (int i = 0; i <= taken.size(); i++) {
            Area obstacle = obstacle(place);
            if (obstacle == null) {
                return place;
            }
            int top = direction > 0 ? obstacle.bottom() : obstacle.top() - place.height();
            if (top < 0 || top + place.height() > height) {
                return place;
            }
            place = place.movedTo(place.left(), top);
        }
        return place;
    }

    private boolean isBlocked(Area place) {
        return obstacle(place) != null;
    }

    private @Nullable Area obstacle(Area place) {
        for (Area other : taken) {
            if (other.overlaps(place)) {
                return other;
            }
        }
        return null;
    }
}
