package io.sextant.training.world.paint;

import io.sextant.training.world.scene.Background;
import io.sextant.training.world.scene.DominantColour;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Paints backgrounds. Those with a dominant colour keep most of the area within it. */
final class Backdrop {
    private Backdrop() {}

    static void paint(Canvas canvas, Background background, RandomGenerator random) {
        switch (background.kind()) {
            case PLAIN -> canvas.fill(Palette.shade(dominant(background), random));
            case GRADED -> paintGraded(canvas, dominant(background), random);
            case TEXTURED -> paintTextured(canvas, dominant(background), random);
            case PATTERNED -> paintPatterned(canvas, dominant(background), random);
            case PHOTO_LIKE -> PhotoBackdrop.paint(canvas, random);
        }
    }

    private static DominantColour dominant(Background background) {
        return Objects.requireNonNull(background.dominant(), "dominant");
    }

    private static void paintGraded(Canvas canvas, DominantColour colour, RandomGenerator random) {
        Shade first = Palette.shade(colour, random);
        Shade second = random.nextBoolean() ? Palette.shade(colour, random) : Palette.near(first, random);
        canvas.fill(Fields.ramp(canvas.spanX(), canvas.spanY(), random), first, second);
    }

    private static void paintTextured(Canvas canvas, DominantColour colour, RandomGenerator random) {
        Shade first = Palette.shade(colour, random);
        Shade second = random.nextBoolean() ? Palette.shade(colour, random) : Palette.near(first, random);
        canvas.fill(Fields.texture(random), first, second);
    }

    private static void paintPatterned(Canvas canvas, DominantColour colour, RandomGenerator random) {
        Shade first = Palette.shade(colour, random);
        if (random.nextBoolean()) {
            // Two shades of one colour may share the area evenly.
            Field field = Fields.pattern(random.nextDouble(0.2, 0.6), true, random);
            canvas.fillSmoothly(field, first, Palette.near(first, random));
            return;
        }
        Shade second = random.nextBoolean() ? Palette.any(random) : random.nextBoolean() ? Shade.WHITE : Shade.BLACK;
        Field field = Fields.pattern(random.nextDouble(0.06, 0.26), false, random);
        canvas.fillSmoothly(field, first, first.towards(second, random.nextDouble(0.4, 1)));
    }
}
