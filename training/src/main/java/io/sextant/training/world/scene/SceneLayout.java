package io.sextant.training.world.scene;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.render.Render;
import io.sextant.training.world.render.Renders;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Objects that are put one in front of the other, and how much of each is hidden. Used for one scene. */
final class SceneLayout {
    private static final int SAMPLES = 20;

    private final Renders renders;
    private final List<Placed> placed = new ArrayList<>();

    SceneLayout(Renders renders) {
        this.renders = renders;
    }

    /** Puts an object in front of the others; leaves it out, and says so, if it would hide too much of one. */
    boolean add(Noun noun, PixelBox box, boolean mirrored) {
        Placed front = new Placed(noun, box, mirrored, renders.of(noun), new BitSet());
        List<BitSet> hidden = new ArrayList<>();
        for (Placed behind : placed) {
            BitSet with = behind.hiddenWith(front);
            if (with.cardinality() > SceneSettings.LARGEST_HIDDEN_SHARE * behind.samples()) {
                return false;
            }
            hidden.add(with);
        }
        for (int i = 0; i < hidden.size(); i++) {
            placed.get(i).hidden().or(hidden.get(i));
        }
        placed.add(front);
        return true;
    }

    int size() {
        return placed.size();
    }

    Noun noun(int index) {
        return placed.get(index).noun();
    }

    List<PlacedObject> objects() {
        return placed.stream()
                .map(object -> new PlacedObject(
                        object.noun(),
                        object.box(),
                        object.mirrored(),
                        1 - (double) object.hidden().cardinality() / object.samples()))
                .toList();
    }

    /** @param hidden which of the sample points of its box are hidden */
    private record Placed(Noun noun, PixelBox box, boolean mirrored, Render render, BitSet hidden) {
        int samples() {
            int count = 0;
            for (int i = 0; i < SAMPLES * SAMPLES; i++) {
                count += coversSample(i) ? 1 : 0;
            }
            return count;
        }

        BitSet hiddenWith(Placed front) {
            BitSet with = (BitSet) hidden.clone();
            boolean isApart = front.box.xMin() >= box.xMax()
                    || front.box.xMax() <= box.xMin()
                    || front.box.yMin() >= box.yMax()
                    || front.box.yMax() <= box.yMin();
            if (isApart) {
                return with;
            }
            for (int i = 0; i < SAMPLES * SAMPLES; i++) {
                double x = box.xMin() + sample(i % SAMPLES) * (box.xMax() - box.xMin());
                double y = box.yMin() + sample(i / SAMPLES) * (box.yMax() - box.yMin());
                if (coversSample(i) && front.coversPixel(x, y)) {
                    with.set(i);
                }
            }
            return with;
        }

        private boolean coversSample(int i) {
            return coversShare(sample(i % SAMPLES), sample(i / SAMPLES));
        }

        private boolean coversPixel(double x, double y) {
            double shareX = (x - box.xMin()) / (box.xMax() - box.xMin());
            double shareY = (y - box.yMin()) / (box.yMax() - box.yMin());
            return shareX >= 0 && shareX < 1 && shareY >= 0 && shareY < 1 && coversShare(shareX, shareY);
        }

        private boolean coversShare(double x, double y) {
            return render.covers(mirrored ? 1 - x : x, y);
        }

        private static double sample(int i) {
            return (i + 0.5) / SAMPLES;
        }
    }
}
