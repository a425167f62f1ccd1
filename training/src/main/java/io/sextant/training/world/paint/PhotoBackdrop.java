package io.sextant.training.world.paint;

import io.sextant.training.world.scene.DominantColour;
import java.util.random.RandomGenerator;

/** Paints backgrounds that look somewhat like photographs: landscapes, rooms, lights out of focus, leaves, walls. */
final class PhotoBackdrop {
    private static final double OUT_OF_FOCUS_CHANCE = 0.35;

    private PhotoBackdrop() {}

    static void paint(Canvas canvas, RandomGenerator random) {
        switch (random.nextInt(8)) {
            case 0 -> paintLandscape(canvas, random);
            case 1 -> paintRoom(canvas, random);
            case 2 -> paintLights(canvas, random);
            case 3 -> paintLeaves(canvas, random);
            case 4 -> paintBlocks(canvas, random);
            case 5 -> paintClouds(canvas, random);
            default -> paintClutter(canvas, random);
        }
        if (random.nextDouble() < OUT_OF_FOCUS_CHANCE) {
            double sigma = random.nextDouble(0.003, 0.02);
            Blur.apply(canvas, sigma / canvas.unitX, sigma / canvas.unitY);
        }
    }

    private static void paintLandscape(Canvas canvas, RandomGenerator random) {
        Shade zenith = random.nextBoolean() ? Palette.shade(DominantColour.BLUE, random) : Palette.any(random);
        Shade horizon = zenith.towards(Palette.hsv(random, 10, 60, 0, 0.5, 0.8, 1), random.nextDouble(0.5, 0.9));
        ValueNoise noise = new ValueNoise(random);
        canvas.fill(
                (u, v) -> Fields.clamp(v / canvas.spanY() * 1.4 + 0.3 * noise.fractal(u * 3, v * 7, 3) - 0.15),
                zenith,
                horizon);
        int layers = random.nextInt(1, 5);
        double top = random.nextDouble(0.3, 0.65);
        for (int i = 0; i < layers; i++) {
            double line = canvas.spanY() * (top + (1 - top) * i / layers);
            paintGround(canvas, line, random);
        }
    }

    private static void paintGround(Canvas canvas, double line, RandomGenerator random) {
        Shade light =
                random.nextInt(3) == 0 ? Palette.any(random) : Palette.hsv(random, 20, 150, 0.15, 0.75, 0.3, 0.85);
        Shade dark = light.towards(Shade.BLACK, random.nextDouble(0.2, 0.6));
        ValueNoise noise = new ValueNoise(random);
        double rough = random.nextDouble(0, 0.25);
        double wide = random.nextDouble(1, 8);
        double grain = random.nextDouble(6, 40);
        for (int x = 0; x < canvas.width; x++) {
            double u = (x + 0.5) * canvas.unitX;
            double edge = line + rough * (noise.fractal(u * wide, 3.7, 4) - 0.5);
            for (int y = Math.max(0, (int) (edge / canvas.unitY)); y < canvas.height; y++) {
                double v = (y + 0.5) * canvas.unitY;
                canvas.set(x, y, light.towards(dark, noise.fractal(u * grain, v * grain * 2, 3)));
            }
        }
    }

    private static void paintRoom(Canvas canvas, RandomGenerator random) {
        Shade wall = Palette.hsv(random, 0, 360, 0, 0.4, 0.5, 0.97);
        canvas.fill(
                Fields.ramp(canvas.spanX(), canvas.spanY(), random),
                wall,
                wall.towards(Shade.BLACK, random.nextDouble(0.1, 0.4)));
        int things = random.nextInt(0, 4);
        for (int i = 0; i < things; i++) {
            paintFrame(canvas, random);
        }
        Shade floor = Palette.hsv(random, 10, 45, 0.1, 0.7, 0.25, 0.8);
        double edge = canvas.spanY() * random.nextDouble(0.55, 0.85);
        double plank = random.nextDouble(0.08, 0.25);
        ValueNoise noise = new ValueNoise(random);
        for (int y = (int) (edge / canvas.unitY); y < canvas.height; y++) {
            for (int x = 0; x < canvas.width; x++) {
                double u = (x + 0.5) * canvas.unitX;
                double v = (y + 0.5) * canvas.unitY;
                // Planks run towards a point far behind the wall.
                double across = (u - canvas.spanX() / 2) / (v - edge + 0.35) / plank;
                double tone = 0.5 * noise.at(Math.floor(across) * 7.1, 0.5) + 0.3 * noise.fractal(across * 4, v * 9, 2);
                canvas.set(x, y, floor.towards(Shade.BLACK, 0.5 * tone));
            }
        }
    }

    private static void paintFrame(Canvas canvas, RandomGenerator random) {
        int left = (int) (canvas.width * random.nextDouble());
        int top = (int) (canvas.height * random.nextDouble(0.5));
        int right = Math.min(canvas.width, left + (int) (canvas.width * random.nextDouble(0.1, 0.45)));
        int bottom = Math.min(canvas.height, top + (int) (canvas.height * random.nextDouble(0.1, 0.5)));
        Shade first = Palette.any(random);
        Shade second = Palette.any(random);
        int rim = Math.max(1, (int) (0.02 / canvas.unitX));
        Shade frame = Palette.hsv(random, 0, 360, 0, 0.5, 0.1, 1);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                boolean isRim = x < left + rim || x >= right - rim || y < top + rim || y >= bottom - rim;
                canvas.set(x, y, isRim ? frame : first.towards(second, (double) (y - top) / (bottom - top)));
            }
        }
    }

    private static void paintLights(Canvas canvas, RandomGenerator random) {
        Shade dark = Palette.hsv(random, 0, 360, 0.1, 0.8, 0.05, 0.45);
        canvas.fill(Fields.ramp(canvas.spanX(), canvas.spanY(), random), dark, Palette.near(dark, random));
        int lights = random.nextInt(12, 50);
        double hue = random.nextDouble(360);
        for (int i = 0; i < lights; i++) {
            Shade light = Palette.hsv(random, hue - 90, hue + 90, 0.1, 0.8, 0.5, 1);
            paintDisc(
                    canvas,
                    random.nextDouble(canvas.spanX()),
                    random.nextDouble(canvas.spanY()),
                    random.nextDouble(0.02, 0.16),
                    light,
                    (float) random.nextDouble(0.1, 0.7));
        }
    }

    /** Many shaded shapes that are nothing in particular, on one of the other backgrounds. */
    private static void paintClutter(Canvas canvas, RandomGenerator random) {
        switch (random.nextInt(3)) {
            case 0 -> paintRoom(canvas, random);
            case 1 -> paintLandscape(canvas, random);
            default -> paintClouds(canvas, random);
        }
        int shapes = random.nextInt(4, 26);
        for (int i = 0; i < shapes; i++) {
            ClutterShape.random(canvas.spanX(), canvas.spanY(), random).paint(canvas);
        }
    }

    private static void paintDisc(Canvas canvas, double u, double v, double radius, Shade shade, float opacity) {
        int left = Math.max(0, (int) ((u - radius) / canvas.unitX));
        int right = Math.min(canvas.width - 1, (int) ((u + radius) / canvas.unitX));
        int top = Math.max(0, (int) ((v - radius) / canvas.unitY));
        int bottom = Math.min(canvas.height - 1, (int) ((v + radius) / canvas.unitY));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double distance = Math.hypot((x + 0.5) * canvas.unitX - u, (y + 0.5) * canvas.unitY - v);
                double inside = Fields.clamp((radius - distance) / (0.25 * radius));
                canvas.blend(x, y, shade, opacity * (float) inside);
            }
        }
    }

    private static void paintLeaves(Canvas canvas, RandomGenerator random) {
        double hue = random.nextInt(3) == 0 ? random.nextDouble(360) : random.nextDouble(50, 140);
        Shade dark = Palette.hsv(random, hue - 15, hue + 15, 0.3, 0.9, 0.05, 0.35);
        Shade light = Palette.hsv(random, hue - 25, hue + 25, 0.2, 0.9, 0.5, 1);
        ValueNoise noise = new ValueNoise(random);
        double scale = random.nextDouble(5, 25);
        double contrast = random.nextDouble(1.2, 3);
        canvas.fill(
                (u, v) -> Fields.clamp(0.5 + contrast * (noise.fractal(u * scale, v * scale, 4) - 0.5)), dark, light);
    }

    /** Buildings, shelves or a pavement: rows of rectangles in tones of a few colours. */
    private static void paintBlocks(Canvas canvas, RandomGenerator random) {
        Shade[] shades = {Palette.any(random), Palette.any(random), Palette.any(random)};
        ValueNoise noise = new ValueNoise(random);
        double rowHeight = random.nextDouble(0.06, 0.4);
        double columnWidth = random.nextDouble(0.06, 0.4);
        double jitter = random.nextDouble(0, 1);
        double grain = random.nextDouble(0, 0.3);
        for (int y = 0; y < canvas.height; y++) {
            double v = (y + 0.5) * canvas.unitY;
            double row = Math.floor(v / rowHeight);
            for (int x = 0; x < canvas.width; x++) {
                double u = (x + 0.5) * canvas.unitX;
                double column = Math.floor(u / columnWidth + jitter * noise.at(row * 5.3, 0.5));
                double pick = noise.at(column * 3.7, row * 4.9);
                Shade shade = shades[(int) (pick * 2.99)].towards(Shade.BLACK, 0.4 * noise.at(column * 1.9, row * 2.3));
                canvas.set(x, y, shade.towards(Shade.BLACK, grain * noise.fractal(u * 20, v * 20, 2)));
            }
        }
    }

    private static void paintClouds(Canvas canvas, RandomGenerator random) {
        Shade base = Palette.any(random);
        canvas.fill(base);
        int colours = random.nextInt(2, 5);
        for (int i = 0; i < colours; i++) {
            Shade shade = Palette.any(random);
            ValueNoise noise = new ValueNoise(random);
            double scale = random.nextDouble(1, 7);
            double hardness = random.nextDouble(1.5, 6);
            for (int y = 0; y < canvas.height; y++) {
                for (int x = 0; x < canvas.width; x++) {
                    double value = noise.fractal((x + 0.5) * canvas.unitX * scale, (y + 0.5) * canvas.unitY * scale, 3);
                    canvas.blend(x, y, shade, (float) Fields.clamp(0.5 + hardness * (value - 0.55)));
                }
            }
        }
    }
}
