package io.sextant.training.world.scene;

import io.sextant.core.box.PixelBox;
import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.render.Renders;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Makes scenes out of seeds: the same seed gives the same scene. Immutable and thread-safe. */
public final class SceneGenerator {
    private static final int TRIES_PER_OBJECT = 30;
    private static final double SQUARE_CHANCE = 0.2;
    private static final double PHOTO_LIKE_CHANCE = 0.25;
    private static final BackgroundKind[] COLOURED = {
        BackgroundKind.PLAIN, BackgroundKind.GRADED, BackgroundKind.TEXTURED, BackgroundKind.PATTERNED
    };

    private final SceneSettings settings;
    private final Renders renders;

    public SceneGenerator(SceneSettings settings, Renders renders) {
        this.settings = settings;
        this.renders = renders;
    }

    /** @param seed as {@link Split#sceneSeed} gives them, so that splits share none */
    public Scene generate(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double aspectRatio = aspectRatio(random);
        double longest = Math.min(SceneSettings.LONGEST_SIDE, SceneSettings.LONGEST_SIDE / aspectRatio);
        double shortest = Math.max(SceneSettings.SHORTEST_SIDE, SceneSettings.SHORTEST_SIDE / aspectRatio);
        int height = (int) Math.round(random.nextDouble(shortest, longest));
        int width = Math.max(SceneSettings.SHORTEST_SIDE, (int) Math.round(height * aspectRatio));
        SceneLayout layout = new SceneLayout(renders);
        int wanted = random.nextInt(settings.minObjects(), settings.maxObjects() + 1);
        // A crowded scene may have no room for the last object: it then has one less.
        for (int i = 0; i < wanted; i++) {
            place(layout, width, height, random);
        }
        return new Scene(seed, width, height, background(random), layout.objects());
    }

    private void place(SceneLayout layout, int width, int height, RandomGenerator random) {
        Noun noun = noun(layout, random);
        boolean mirrored = random.nextBoolean();
        double largest = SceneSettings.LARGEST_OBJECT;
        for (int i = 0; i < TRIES_PER_OBJECT; i++) {
            double share = SceneSettings.SMALLEST_OBJECT
                    + (largest - SceneSettings.SMALLEST_OBJECT) * Math.pow(random.nextDouble(), 1.3);
            PixelBox box = box(renders.of(noun).aspectRatio(), share, width, height, random);
            if (layout.add(noun, box, mirrored)) {
                return;
            }
            largest = Math.max(SceneSettings.SMALLEST_OBJECT, largest * 0.94);
        }
    }

    private static PixelBox box(double aspectRatio, double share, int width, int height, RandomGenerator random) {
        double side = Math.min(width, height);
        long longer = Math.round(side * share);
        longer = Math.max(longer, (long) Math.ceil(side * SceneSettings.SMALLEST_OBJECT));
        longer = Math.min(longer, (long) Math.floor(side * SceneSettings.LARGEST_OBJECT));
        int boxWidth = (int) Math.max(1, Math.round(aspectRatio >= 1 ? longer : longer * aspectRatio));
        int boxHeight = (int) Math.max(1, Math.round(aspectRatio >= 1 ? longer / aspectRatio : longer));
        int left = random.nextInt(width - boxWidth + 1);
        int top = random.nextInt(height - boxHeight + 1);
        return new PixelBox(left, top, left + boxWidth, top + boxHeight);
    }

    private Noun noun(SceneLayout layout, RandomGenerator random) {
        if (layout.size() > 0 && random.nextDouble() < settings.repeatChance()) {
            return layout.noun(random.nextInt(layout.size()));
        }
        Nouns nouns = settings.nouns();
        return nouns.list().get(random.nextInt(nouns.list().size()));
    }

    private static double aspectRatio(RandomGenerator random) {
        if (random.nextDouble() < SQUARE_CHANCE) {
            return 1;
        }
        double logarithm = Math.log(SceneSettings.LARGEST_ASPECT_RATIO);
        return Math.exp(random.nextDouble(-logarithm, logarithm));
    }

    private static Background background(RandomGenerator random) {
        if (random.nextDouble() < PHOTO_LIKE_CHANCE) {
            return new Background(BackgroundKind.PHOTO_LIKE, null);
        }
        DominantColour[] colours = DominantColour.values();
        return new Background(COLOURED[random.nextInt(COLOURED.length)], colours[random.nextInt(colours.length)]);
    }
}
