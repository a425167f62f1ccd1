package io.sextant.training.objective;

import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.world.World;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.SceneGenerator;
import io.sextant.training.world.scene.SceneSettings;
import io.sextant.training.world.scene.Split;
import java.util.SplittableRandom;

/** Scenes of a stage, and their pictures as the image encoder takes them. Thread-safe. */
final class ScenePictures {
    private final World world;
    private final SceneGenerator generator;
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private final SceneShare share;
    private final long seed;
    private final int side;

    /** @param side of the encoder's square in pixels */
    ScenePictures(World world, SceneShare share, long seed, int side) {
        this.world = world;
        SceneSettings settings = SceneSettings.of(world.nouns());
        this.generator = world.generator(new SceneSettings(
                world.nouns().first(share.nouns()), share.minObjects(), share.maxObjects(), settings.repeatChance()));
        this.share = share;
        this.seed = seed;
        this.side = side;
    }

    int side() {
        return side;
    }

    Scene scene(Split split, long index) {
        return generator.generate(split.sceneSeed(seed, index));
    }

    /** Random numbers that belong to a scene and to what is asked about it. */
    SplittableRandom random(Split split, long index) {
        return new SplittableRandom(split.sceneSeed(seed, index) * 0x9E3779B97F4A7C15L + 1);
    }

    Painting paint(Scene scene) {
        return world.painter().paint(scene, side, side);
    }

    /** Pixel values of a scene, drawn in the square or, sometimes, at its true size and squashed as at inference. */
    float[] pixels(Scene scene, Painting squashed) {
        boolean isTrueSize = new SplittableRandom(scene.seed() + 1).nextDouble() < share.trueSizeShare();
        Painting painting = isTrueSize ? world.painter().paint(scene) : squashed;
        return preprocessor.pixelValues(
                new RgbImage("scene", "", painting.width(), painting.height(), 1, painting.rgb()), side);
    }
}
