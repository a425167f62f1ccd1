package io.sextant.training.run;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.training.objective.Objective;
import io.sextant.training.optimiser.AdamWSettings;
import io.sextant.training.optimiser.LinearWarmUpCosine;
import io.sextant.training.stage.DataShare;
import io.sextant.training.stage.ObjectiveKind;
import io.sextant.training.stage.Part;
import io.sextant.training.stage.SceneShare;
import io.sextant.training.stage.Stage;
import io.sextant.training.vocabulary.EmbeddedTokenizer;
import io.sextant.training.world.World;
import io.sextant.training.world.language.SceneQuestions;
import io.sextant.training.world.noun.Nouns;
import io.sextant.training.world.paint.ScenePainter;
import io.sextant.training.world.render.Renders;
import io.sextant.training.world.render.SyntheticRenders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A model of a few thousand parameters, a world of coloured ellipses, and stages of a few steps. */
public final class TinyRuns {
    /** Three shapes that differ in colour and form. */
    public static final int NOUNS = 3;

    private TinyRuns() {}

    public static World world() {
        Nouns nouns = Nouns.load();
        Renders renders = SyntheticRenders.of(nouns);
        return new World(nouns, renders, new ScenePainter(renders), new SceneQuestions(nouns));
    }

    /** @param folder that the tokenizer is written to */
    public static RunModel model(Path folder) {
        LlamaTokenizer tokenizer = EmbeddedTokenizer.open(folder);
        ModelDimensions dimensions = dimensions(tokenizer.vocabularySize());
        return new RunModel(
                dimensions,
                tokenizer,
                ModelParts.initial(dimensions, Nouns.load().list().size()));
    }

    static ModelDimensions dimensions(int vocabulary) {
        return new ModelDimensions(
                new VisionDimensions(56, 14, 24, 2, 2, 48, 1e-6, 1e-5, 4),
                new DecoderDimensions(32, 2, 4, 2, 48, vocabulary, 512, 1e-5, 10000),
                new LoraDimensions(4, 4));
    }

    public static Stage stage(String name, ObjectiveKind kind, Set<Part> trains, int steps, List<DataShare> mix) {
        return stage(name, kind, trains, steps, mix, 0, 0);
    }

    /** @param depth of encoder and decoder, 0 for all of it */
    static Stage stage(
            String name,
            ObjectiveKind kind,
            Set<Part> trains,
            int steps,
            List<DataShare> mix,
            int depth,
            int imageSize) {
        return new Stage(
                name,
                "digest of " + name,
                kind,
                trains,
                depth,
                depth,
                imageSize,
                5,
                steps,
                4,
                2,
                3,
                512,
                true,
                false,
                0,
                0,
                LinearWarmUpCosine.of(steps, 1e-2, 1e-3, 2, 1e-3),
                new AdamWSettings(0.9, 0.98, 1e-8, 0.01, 1),
                new SceneShare(NOUNS, 1, 2, 0, 0, 0.1, 0.2, 0.1),
                mix,
                steps,
                8);
    }

    static TrainingRun open(RunFolder folder, Stage stage, Objective objective, RunModel model) {
        return TrainingRun.open(
                folder,
                stage,
                objective,
                new TrainingRun.Settings(Optional.empty(), Duration.ofDays(1), false),
                new PrintWriter(new StringWriter()),
                model,
                ElementType.FLOAT32,
                ComputeDevice.CPU);
    }
}
