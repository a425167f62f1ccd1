package io.sextant.training.objective;

import io.sextant.training.device.Images;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.world.World;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import io.sextant.training.world.scene.Split;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** Scenes of a stage, and their images as the image encoder takes them. Thread-safe. */
final class SceneImages {
    private final World world;
    private final SceneGenerator generator;
    private final SceneShare share;
    private final long seed;
    private final int side;
    private final Map<Long, Painting> pool = new ConcurrentHashMap<>();

    /** @param side of the encoder's square in pixels */
    SceneImages(World world, SceneShare share, long seed, int side) {
        this.world = world;
        SceneSettings settings = SceneSettings.of(world.nouns());
        this.generator = world.generator(new SceneSettings(
                world.nouns().first(share.nouns()), share.minObjects(), share.maxObjects(), settings.repeatChance()));
        this.share = share;
        this.seed = seed;
        this.side = side;
    }

    Scene scene(Split split, long index) {
        Scene scene = generator.generate(split.sceneSeed(seed, place(split, index)));
        return isMirrored(split, index) ? scene.mirrored() : scene;
    }

    /** Scenes of a pool come again. */
    private long place(Split split, long index) {
        return isPooled(split) ? index % share.pool() : index;
    }

    private boolean isMirrored(Split split, long index) {
        return isPooled(split) && index / share.pool() % 2 == 1;
    }

    private boolean isPooled(Split split) {
        return split == Split.TRAIN && share.pool() > 0;
    }

    /** Random numbers that belong to a scene and to what is asked about it. */
    SplittableRandom random(Split split, long index) {
        return new SplittableRandom(split.sceneSeed(seed, index) * 0x9E3779B97F4A7C15L + 1);
    }

    /** A scene's image as the image encoder takes it, squashed to its square. */
    Painting image(Split split, long index) {
        long place = place(split, index);
        long sceneSeed = split.sceneSeed(seed, place);
        Painting painting = isPooled(split) ? pooled(place, sceneSeed) : paint(generator.generate(sceneSeed));
        return isMirrored(split, index) ? painting.mirrored() : painting;
    }

    /** Painted outside the map, which would let others wait meanwhile. */
    private Painting pooled(long place, long sceneSeed) {
        Painting known = pool.get(place);
        if (known != null) {
            return known;
        }
        Painting painted = paint(generator.generate(sceneSeed));
        pool.put(place, painted);
        return painted;
    }

    /**
     * Drawn no larger than it is, and in the square where it is larger, since drawing costs more than resizing; sometimes at its true
     * size and squashed as at inference.
     */
    private Painting paint(Scene scene) {
        boolean isWhole = new SplittableRandom(scene.seed() + 1).nextDouble() < share.trueSizeShare();
        int width = isWhole ? scene.width() : Math.min(scene.width(), side);
        int height = isWhole ? scene.height() : Math.min(scene.height(), side);
        return world.painter().paint(scene, width, height).squashed(side, side);
    }

    /** Images of neighbouring scenes, drawn by all processors where more than one is new. */
    List<Painting> images(Split split, long first, int count) {
        return LongStream.range(first, first + count)
                .parallel()
                .mapToObj(index -> image(split, index))
                .toList();
    }

    /** Images as the device takes them. */
    Images samples(List<Painting> paintings) {
        int count = 3 * side * side;
        byte[] samples = new byte[count * paintings.size()];
        for (int i = 0; i < paintings.size(); i++) {
            System.arraycopy(paintings.get(i).rgb(), 0, samples, i * count, count);
        }
        return Images.ofSamples(samples);
    }
}
