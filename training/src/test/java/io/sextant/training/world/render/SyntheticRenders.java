package io.sextant.training.world.render;

import io.sextant.training.world.noun.Noun;
import io.sextant.training.world.noun.Nouns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Images for the nouns that need no network: an ellipse each, of its own colour and shape, with a faint halo around it. */
public final class SyntheticRenders {
    /** Alpha of the halo, which does not belong to the object. */
    private static final int HALO_ALPHA = 12;

    private static final int HALO = 4;

    private SyntheticRenders() {}

    public static Renders of(Nouns nouns) {
        return Renders.of(pixels(nouns));
    }

    /** Fills a folder so that {@link Renders#open} finds these there. */
    public static void fill(Path folder, Nouns nouns) {
        new RenderCache(folder.resolve("renders-" + RenderPackage.VERSION + ".bin"))
                .write(nouns.list().stream().map(Noun::file).toList(), pixels(nouns));
    }

    private static List<int[]> pixels(Nouns nouns) {
        List<int[]> pixels = new ArrayList<>();
        for (Noun noun : nouns.list()) {
            int colour = 0xFF000000 | (noun.index() * 2654435 + 0x334455) & 0xFFFFFF;
            pixels.add(ellipse(colour, 50 + noun.index(), 128 - noun.index()));
        }
        return pixels;
    }

    /** An ellipse about the middle, its halves given in pixels. */
    static int[] ellipse(int argb, int halfWidth, int halfHeight) {
        int[] pixels = new int[Render.SIDE * Render.SIDE];
        for (int i = 0; i < pixels.length; i++) {
            double x = i % Render.SIDE + 0.5 - Render.SIDE / 2.0;
            double y = i / Render.SIDE + 0.5 - Render.SIDE / 2.0;
            if (Math.hypot(x / halfWidth, y / halfHeight) <= 1) {
                pixels[i] = argb;
            } else if (Math.hypot(x / (halfWidth + HALO), y / (halfHeight + HALO)) <= 1) {
                pixels[i] = argb & 0xFFFFFF | HALO_ALPHA << 24;
            }
        }
        return pixels;
    }
}
