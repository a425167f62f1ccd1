package io.sextant.training.world.language;

import io.sextant.core.box.AnnotatedText;
import io.sextant.core.box.BinBox;
import io.sextant.core.box.PixelBox;
import io.sextant.training.world.scene.PlacedObject;
import io.sextant.training.world.scene.Scene;
import java.util.List;

/**
 * Boxes as a perfect model writes them. Edges are rounded to the nearest bin, where the reference's data sets truncate: a box is
 * read back as bin / 100 of the side, so rounding halves the error of thin objects.
 */
final class BoxText {
    private BoxText() {}

    static String of(Scene scene, PlacedObject object) {
        return bins(scene, object).toText();
    }

    /** A phrase with the boxes of objects, in the order given; the phrase alone if there are none. */
    static String phrase(Scene scene, String phrase, List<PlacedObject> objects) {
        return AnnotatedText.write(
                phrase, objects.stream().map(object -> bins(scene, object)).toList());
    }

    static List<PixelBox> pixels(List<PlacedObject> objects) {
        return objects.stream().map(PlacedObject::box).toList();
    }

    private static BinBox bins(Scene scene, PlacedObject object) {
        PixelBox box = object.box();
        return new BinBox(
                bin(box.xMin(), scene.width()),
                bin(box.yMin(), scene.height()),
                bin(box.xMax(), scene.width()),
                bin(box.yMax(), scene.height()));
    }

    private static int bin(double pixel, int side) {
        return (int) Math.max(0, Math.min(BinBox.MAX_BIN, Math.round(BinBox.MAX_BIN * pixel / side)));
    }
}
