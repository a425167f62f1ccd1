package io.sextant.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.objective.AnswerObjective;
import io.sextant.training.objective.Objective;
import io.sextant.training.objective.PatchObjective;
import io.sextant.training.objective.PreparedBatch;
import io.sextant.training.stage.DataShare;
import io.sextant.training.stage.ObjectiveKind;
import io.sextant.training.stage.Part;
import io.sextant.training.stage.Stage;
import io.sextant.training.stage.StageFile;
import io.sextant.training.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
    private static final Set<Part> ENCODER = Set.of(Part.ENCODER, Part.PATCH_HEAD);
    private static final Set<Part> DECODER = Set.of(Part.PROJECTION, Part.DECODER, Part.ADAPTER);
    private static final List<DataShare> MIX = List.of(
            new DataShare("world/refer", 2, true, 1),
            new DataShare("world/vqa", 2, false, 1),
            new DataShare("world/conversation", 1, false, 3),
            new DataShare("world/text", 1, false, 1));

    @TempDir
    private Path directory;

    private World world;
    private RunModel model;

    @BeforeEach
    void open() {
        world = TinyRuns.world();
        model = TinyRuns.model(directory);
    }

    @Test
    void lossOfTheEncoderFalls() throws IOException {
        Stage stage = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 60, List.of());
        assertThat(train(directory.resolve("run"), stage, patches(stage))).isTrue();
        assertLossFalls("encoder", 0.75);
    }

    @Test
    void furtherBlocksAndLayersJoinWhatTheFirstHaveLearned() {
        Stage small = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 3, List.of(), 1, 28);
        Stage words = TinyRuns.stage("words", ObjectiveKind.WORDS, Set.of(Part.DECODER), 2, MIX, 1, 0);
        Path run = directory.resolve("run");
        try (RunFolder folder = RunFolder.open(run)) {
            try (TrainingRun training =
                    TinyRuns.open(folder, small, patches(small, model.asIn(small)), model.asIn(small))) {
                training.train();
            }
            RunModel grown = grown(folder);
            try (TrainingRun training = TinyRuns.open(folder, words, answers(words), grown.asIn(words))) {
                training.train();
            }
            ModelParts parts = grown(folder).parts();
            Map<Part, List<NamedTensor>> trained = folder.latest().orElseThrow().parts();
            for (String name : List.of("blocks.0.mlp.fc1.weight", "model.layers.0.mlp.up_proj.weight")) {
                Part part = name.startsWith("blocks") ? Part.ENCODER : Part.DECODER;
                assertThat(value(name, parts.of(part)))
                        .isEqualTo(value(name, Objects.requireNonNull(trained.get(part))))
                        .isNotEqualTo(value(name, model.parts().of(part)));
                String next = name.replace(".0.", ".1.");
                assertThat(value(next, parts.of(part)))
                        .isEqualTo(value(next, model.parts().of(part)));
            }
        }
    }

    @Test
    void whatAStageDoesNotTrainStaysAsItWasEvenWhereTheStageHasLessOfIt() {
        Path run = directory.resolve("run");
        Stage encoder = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 2, List.of());
        train(run, encoder, patches(encoder));
        Stage decoder = TinyRuns.stage("decoder", ObjectiveKind.WORDS, Set.of(Part.DECODER), 2, MIX);
        train(run, decoder, answers(decoder));
        Map<String, List<Float>> before = tensors(run);
        Stage smaller = TinyRuns.stage("smaller", ObjectiveKind.WORDS, Set.of(Part.DECODER), 2, MIX, 1, 28);
        try (RunFolder folder = RunFolder.open(run);
                TrainingRun training = TinyRuns.open(
                        folder, smaller, answers(smaller), modelOf(folder).asIn(smaller))) {
            training.train();
        }
        Map<String, List<Float>> after = tensors(run);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(after)
                .extractingByKeys("pos_embed", "blocks.1.mlp.fc1.weight", "model.layers.1.mlp.up_proj.weight")
                .isEqualTo(Stream.of("pos_embed", "blocks.1.mlp.fc1.weight", "model.layers.1.mlp.up_proj.weight")
                        .map(before::get)
                        .toList());
        assertThat(after.get("model.layers.0.mlp.up_proj.weight"))
                .isNotEqualTo(before.get("model.layers.0.mlp.up_proj.weight"));
    }

    @Test
    void aModelIsExportedWithTheSizesOfTheStageThatMadeIt() {
        Stage small = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 2, List.of(), 1, 28);
        Path out = directory.resolve("model");
        try (RunFolder folder = RunFolder.open(directory.resolve("run"))) {
            RunModel as = model.asIn(small);
            try (TrainingRun training = TinyRuns.open(folder, small, patches(small, as), as)) {
                training.train();
            }
            RunModel trained =
                    RunModel.loadAsTrained(folder, world.nouns(), Optional.of("encoder"), TinyRuns::dimensions);
            new ModelExport(trained.dimensions(), trained.parts(), ElementType.FLOAT32)
                    .write(out, "tiny", RunModel.tokenizerFile(folder));

            ModelFolder opened = ModelFolder.open(out);
            assertThat(opened.dimensions()).isEqualTo(as.dimensions());
            assertThat(Objects.requireNonNull(opened.vision().get("pos_embed")).shape())
                    .isEqualTo(new long[] {1, 1 + 2 * 2, 24});
        }
    }

    @Test
    void goesOnBitForBitBehindAProjectionThatNoStageTrains() {
        Stage encoder = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 1, List.of());
        Stage words = TinyRuns.stage("words", ObjectiveKind.WORDS, Set.of(Part.DECODER), 1, MIX);
        Stage stage = TinyRuns.stage("answers", ObjectiveKind.ANSWERS, Set.of(Part.DECODER), 4, MIX);
        for (String run : List.of("whole", "parted")) {
            train(directory.resolve(run), encoder, patches(encoder));
            train(directory.resolve(run), words, answers(words));
        }
        train(directory.resolve("whole"), stage, answers(stage));

        assertThat(trainUntil(directory.resolve("parted"), stage, 2)).isFalse();
        assertThat(train(directory.resolve("parted"), stage, answers(stage))).isTrue();

        assertThat(tensors(directory.resolve("parted"))).isEqualTo(tensors(directory.resolve("whole")));
    }

    private RunModel grown(RunFolder folder) {
        return new RunModel(
                model.dimensions(),
                model.tokenizer(),
                model.parts().filledWith(folder.latest().orElseThrow().parts()));
    }

    @Test
    void refusesAStageThatWantsMoreThanThereIs() throws IOException {
        String names = new String(
                Objects.requireNonNull(Stage.class.getResourceAsStream("names.json"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        Path far =
                Files.writeString(directory.resolve("far.json"), names.replace("\"nounLayer\": 2", "\"nounLayer\": 9"));
        Stage deep = TinyRuns.stage("deep", ObjectiveKind.ANSWERS, DECODER, 1, MIX, 3, 0);
        Stage odd = TinyRuns.stage("odd", ObjectiveKind.ANSWERS, DECODER, 1, MIX, 0, 30);
        assertThatThrownBy(() -> model.asIn(deep))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("encoderBlocks=3");
        assertThatThrownBy(() -> model.asIn(odd))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("imageSize=30");
        assertThatThrownBy(() -> model.asIn(StageFile.read(far.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("nounLayer=9");
    }

    private static float[] value(String name, List<NamedTensor> tensors) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void lossOfAnswersFallsAndTheEncoderStaysFrozen() throws IOException {
        Stage stage = TinyRuns.stage("answers", ObjectiveKind.ANSWERS, DECODER, 40, MIX);
        train(directory.resolve("run"), stage, answers(stage));
        assertLossFalls("answers", 0.6);
        try (RunFolder folder = RunFolder.open(directory.resolve("run"))) {
            assertThat(folder.latest().orElseThrow().parts().keySet()).isEqualTo(DECODER);
        }
    }

    @Test
    void lossOfScenesInWordsFalls() throws IOException {
        Stage stage = TinyRuns.stage("words", ObjectiveKind.WORDS, Set.of(Part.DECODER), 40, MIX);
        train(directory.resolve("run"), stage, answers(stage));
        assertLossFalls("words", 0.6);
    }

    @Test
    void goesOnBitForBitWhereItWasStopped() {
        Stage stage = TinyRuns.stage("answers", ObjectiveKind.ANSWERS, DECODER, 7, MIX);
        train(directory.resolve("whole"), stage, answers(stage));

        Path parted = directory.resolve("parted");
        assertThat(trainUntil(parted, stage, 3)).isFalse();
        assertThat(trainUntil(parted, stage, 5)).isFalse();
        assertThat(train(parted, stage, answers(stage))).isTrue();

        assertThat(tensors(parted)).isEqualTo(tensors(directory.resolve("whole")));
        assertThat(losses(parted, "answers")).isEqualTo(losses(directory.resolve("whole"), "answers"));
    }

    @Test
    void goesOnFromTheLastWholeCheckpointAfterAKill() throws IOException {
        Stage stage = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 6, List.of());
        Path run = directory.resolve("run");
        trainUntil(run, stage, 3, patches(stage));
        // What a kill leaves behind: a checkpoint half written, and rows of steps that have to be done again.
        Path unfinished = Files.createDirectories(run.resolve("checkpoints").resolve("unfinished"));
        Files.writeString(unfinished.resolve("model.safetensors"), "half");
        Files.writeString(run.resolve("logs/encoder.csv"), Files.readString(run.resolve("logs/encoder.csv")) + "3,1,9");

        assertThat(train(run, stage, patches(stage))).isTrue();

        train(directory.resolve("whole"), stage, patches(stage));
        assertThat(tensors(run)).isEqualTo(tensors(directory.resolve("whole")));
        assertThat(losses(run, "encoder")).isEqualTo(losses(directory.resolve("whole"), "encoder"));
    }

    @Test
    void goesOnInALocaleWithDigitsOfItsOwn() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            Stage stage = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 2, List.of());
            assertThat(train(directory.resolve("run"), stage, patches(stage))).isTrue();
            try (RunFolder folder = RunFolder.open(directory.resolve("run"))) {
                assertThat(folder.latest("encoder")).isPresent();
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aCheckpointThatIsHalfDeletedIsNone() throws IOException {
        Stage stage = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 2, List.of());
        train(directory.resolve("run"), stage, patches(stage));
        try (RunFolder folder = RunFolder.open(directory.resolve("run"))) {
            Checkpoint last = folder.latest().orElseThrow();
            // Cannot be deleted as a file is, so that deleting ends in the middle.
            Files.createDirectories(last.folder().resolve("0/held"));
            assertThatThrownBy(last::delete).isInstanceOf(IOException.class);
            assertThat(folder.latest()).isEmpty();
        }
    }

    @Test
    void nextStageBeginsWithWhatTheOneBeforeMade() {
        Path run = directory.resolve("run");
        Stage encoder = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 2, List.of());
        train(run, encoder, patches(encoder));
        Map<String, List<Float>> before = tensors(run);
        Stage answers = TinyRuns.stage("answers", ObjectiveKind.ANSWERS, DECODER, 2, MIX);
        train(run, answers, answers(answers));
        assertThat(tensors(run)).containsAllEntriesOf(before);
    }

    @Test
    void refusesToBeginAStageBeforeAnotherIsOver() {
        Path run = directory.resolve("run");
        Stage encoder = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 4, List.of());
        trainUntil(run, encoder, 2, patches(encoder));
        Stage answers = TinyRuns.stage("answers", ObjectiveKind.ANSWERS, DECODER, 2, MIX);
        assertThatThrownBy(() -> train(run, answers, answers(answers)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("step 2 of 4 of the stage \"encoder\"");
    }

    @Test
    void neverTrainsAStageOnceMoreThatTheRunHasGoneOnFrom() {
        Path run = directory.resolve("run");
        Stage encoder = TinyRuns.stage("encoder", ObjectiveKind.PATCHES, ENCODER, 1, List.of());
        Stage words = TinyRuns.stage("words", ObjectiveKind.WORDS, Set.of(Part.DECODER), 1, MIX);
        train(run, encoder, patches(encoder));
        train(run, words, answers(words));
        assertThatThrownBy(() -> train(run, encoder, patches(encoder)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has the stage \"encoder\" behind it and is at \"words\"");
    }

    @Test
    void batchesWithoutImagesLeaveTheEncoderAlone() {
        List<DataShare> text = List.of(new DataShare("world/text", 1, false, 1));
        Stage stage = TinyRuns.stage("text", ObjectiveKind.ANSWERS, Set.of(Part.ENCODER, Part.DECODER), 2, text);
        train(directory.resolve("run"), stage, answers(stage));
        assertThat(tensors(directory.resolve("run")).get("cls_token"))
                .isEqualTo(boxed(value("cls_token", model.parts().of(Part.ENCODER))));
    }

    @Test
    void refusesTextWhereOnlyWhatImagesReachIsTrained() {
        List<DataShare> text =
                List.of(new DataShare("world/vqa", 9, false, 1), new DataShare("world/text", 1, false, 1));
        Stage stage = TinyRuns.stage("text", ObjectiveKind.ANSWERS, Set.of(Part.PROJECTION), 2, text);
        assertThatThrownBy(() -> answers(stage))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"text\" trains nothing that world/text reaches");
    }

    @Test
    void stopsWhereNoGradientIsFiniteAnyMore() {
        Path run = directory.resolve("run");
        Stage stage = TinyRuns.stage("words", ObjectiveKind.WORDS, Set.of(Part.DECODER), 70, MIX);
        trainUntil(run, stage, 2);
        assertThatThrownBy(() -> train(run, stage, new BrokenObjective(answers(stage))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"words\" has had no finite gradient in the 50 steps up to step 52")
                .hasMessageContaining("rate.peak");
        try (RunFolder folder = RunFolder.openToRead(run)) {
            assertThat(folder.latest().orElseThrow().state().step()).isEqualTo(2);
        }
    }

    @Test
    void refusesASecondProcessInTheSameFolder() {
        try (RunFolder folder = RunFolder.open(directory.resolve("run"))) {
            assertThatThrownBy(() -> RunFolder.open(folder.path()))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("Another process");
        }
    }

    private Objective patches(Stage stage) {
        return patches(stage, model);
    }

    private Objective patches(Stage stage, RunModel as) {
        return new PatchObjective(world, stage, as.dimensions().vision());
    }

    private Objective answers(Stage stage) {
        return new AnswerObjective(world, stage, model.dimensions(), model.tokenizer());
    }

    private boolean train(Path run, Stage stage, Objective objective) {
        try (RunFolder folder = RunFolder.open(run);
                TrainingRun training = TinyRuns.open(folder, stage, objective, modelOf(folder))) {
            return training.train();
        }
    }

    private boolean trainUntil(Path run, Stage stage, long step) {
        return trainUntil(run, stage, step, answers(stage));
    }

    private boolean trainUntil(Path run, Stage stage, long step, Objective objective) {
        try (RunFolder folder = RunFolder.open(run)) {
            StoppingObjective stopping = new StoppingObjective(objective, step * stage.accumulate() - 1);
            try (TrainingRun training = TinyRuns.open(folder, stage, stopping, modelOf(folder))) {
                stopping.stop = training::stop;
                return training.train();
            }
        }
    }

    /** The run's model as of its newest checkpoint. */
    private RunModel modelOf(RunFolder folder) {
        return RunModel.load(folder, world.nouns(), folder.latest(), TinyRuns::dimensions);
    }

    private static Map<String, List<Float>> tensors(Path run) {
        Map<String, List<Float>> values = new TreeMap<>();
        try (RunFolder folder = RunFolder.openToRead(run)) {
            Map<Part, List<NamedTensor>> parts =
                    new EnumMap<>(folder.latest().orElseThrow().parts());
            parts.values().forEach(list -> list.forEach(tensor -> values.put(tensor.name(), boxed(tensor.values()))));
        }
        return values;
    }

    private static List<Float> boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return List.of(boxed);
    }

    private static List<String> losses(Path run, String stage) {
        try {
            return Files.readAllLines(run.resolve("logs").resolve(stage + ".csv")).stream()
                    .map(row -> row.split(",")[0] + " " + row.split(",")[2])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertLossFalls(String stage, double factor) throws IOException {
        List<Double> losses = losses(directory.resolve("run"), stage).stream()
                .skip(1)
                .map(row -> Double.valueOf(row.split(" ")[1]))
                .toList();
        int tenth = losses.size() / 10;
        double first = losses.subList(0, tenth).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double last = losses.subList(losses.size() - tenth, losses.size()).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        assertThat(last).isLessThan(factor * first);
        assertThat(Files.size(directory.resolve("run/logs/" + stage + ".png"))).isPositive();
        assertThat(Files.readAllLines(directory.resolve("run/logs/" + stage + "-scores.csv")))
                .hasSizeGreaterThan(2);
    }

    /** Gradients that are no numbers. */
    private record BrokenObjective(Objective objective) implements Objective {
        @Override
        public PreparedBatch prepare(long number) {
            PreparedBatch batch = objective.prepare(number);
            return new TrainedOtherwise(batch, (model, share) -> batch.train(model, Float.NaN));
        }

        @Override
        public Map<String, Double> measure(TrainableModel model) {
            return objective.measure(model);
        }
    }

    /** A batch that is trained in a way of its own. */
    private record TrainedOtherwise(PreparedBatch batch, ToDoubleBiFunction<TrainableModel, Float> training)
            implements PreparedBatch {
        @Override
        public double train(TrainableModel model, float share) {
            return training.applyAsDouble(model, share);
        }

        @Override
        public boolean reaches(String parameter) {
            return batch.reaches(parameter);
        }
    }

    /** Stops the run while it computes a certain batch, so that it ends with that batch's step. */
    private static final class StoppingObjective implements Objective {
        private final Objective objective;
        private final long lastBatch;
        private Runnable stop = () -> {};

        StoppingObjective(Objective objective, long lastBatch) {
            this.objective = objective;
            this.lastBatch = lastBatch;
        }

        @Override
        public PreparedBatch prepare(long number) {
            PreparedBatch batch = objective.prepare(number);
            return new TrainedOtherwise(batch, (model, share) -> {
                if (number == lastBatch) {
                    stop.run();
                }
                return batch.train(model, share);
            });
        }

        @Override
        public Map<String, Double> measure(TrainableModel model) {
            return objective.measure(model);
        }
    }
}
