package io.sextant.training.objective;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.training.device.PatchBatch;
import io.sextant.training.device.PatchScores;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.stage.Stage;
import io.sextant.training.world.World;
import io.sextant.training.world.paint.Painting;
import io.sextant.training.world.paint.PatchTargets;
import io.sextant.training.world.scene.Scene;
import io.sextant.training.world.scene.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image encoder's pre-training: every patch tells which noun covers it and where that object's edges are. */
public final class PatchObjective implements Objective {
    private final SceneImages images;
    private final Stage stage;
    private final VisionDimensions vision;

    public PatchObjective(World world, Stage stage, VisionDimensions vision) {
        this.images = new SceneImages(world, stage.scenes(), stage.seed(), vision.imageSize());
        this.stage = stage;
        this.vision = vision;
    }

    @Override
    public PreparedBatch prepare(long number) {
        PatchBatch batch = batch(Split.TRAIN, number * stage.batch(), stage.batch());
        return new PreparedBatch() {
            @Override
            public double train(TrainableModel model, float share) {
                return model.trainPatches(batch, share).loss();
            }

            @Override
            public boolean reaches(String parameter) {
                return true;
            }
        };
    }

    @Override
    public Map<String, Double> measure(TrainableModel model) {
        Map<String, Double> sums = new LinkedHashMap<>();
        int scenes = stage.measureScenes();
        for (int first = 0; first < scenes; first += stage.batch()) {
            int count = Math.min(stage.batch(), scenes - first);
            double share = (double) count / scenes;
            PatchScores scores = model.measurePatches(batch(Split.VALIDATION, first, count));
            sums.merge("loss", share * scores.loss(), Double::sum);
            sums.merge("object patches right", share * scores.objectAccuracy(), Double::sum);
            sums.merge("empty patches right", share * scores.emptyAccuracy(), Double::sum);
            sums.merge("overlap", share * scores.overlap(), Double::sum);
        }
        return sums;
    }

    private PatchBatch batch(Split split, long first, int count) {
        int patches = vision.patches();
        long[] classes = new long[count * patches];
        float[] edges = new float[4 * count * patches];
        float[] weights = new float[count * patches];
        List<Painting> paintings = images.images(split, first, count);
        for (int i = 0; i < count; i++) {
            Scene scene = images.scene(split, first + i);
            PatchTargets targets = PatchTargets.of(scene, paintings.get(i), vision.patchSize());
            for (int patch = 0; patch < patches; patch++) {
                int noun = targets.nouns()[patch];
                classes[i * patches + patch] = noun == PatchTargets.NO_NOUN ? 0 : noun + 1;
            }
            System.arraycopy(targets.edges(), 0, edges, 4 * i * patches, 4 * patches);
            System.arraycopy(targets.weights(), 0, weights, i * patches, patches);
        }
        return new PatchBatch(count, images.samples(paintings), classes, edges, weights);
    }
}
