package io.sextant.training.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenConversation;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.prompt.Turn;
import io.sextant.training.optimiser.AdamW;
import io.sextant.training.optimiser.AdamWSettings;
import io.sextant.training.optimiser.ParameterGroups;
import io.sextant.training.ranking.AnswerRanking;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels, losses, gradients, two optimiser steps and answer ranking against the reference. */
class TrainingGoldenTest {
    private static final double EMBEDDINGS = 1e-4;
    private static final double LOSS = 1e-4;

    /** Of a tensor's largest absolute value. */
    private static final double GRADIENT = 1e-4;

    @TempDir
    private Path directory;

    private GoldenSet set;
    private JsonObject training;
    private GoldenTensors golden;

    @BeforeEach
    void open() {
        set = GoldenSet.open();
        training = set.json("golden/training.json");
        golden = set.tensors("golden/training.safetensors");
    }

    @Test
    void labelsLossesAndGradientsAreTheReferences() {
        List<String> batches = training.keySet().stream()
                .filter(name -> golden.names().contains(name + ".labels"))
                .toList();
        Coverage coverage = new Coverage("training batches", namesOf(batches));
        try (GoldenTrainingModel fixture = new GoldenTrainingModel(set, directory)) {
            for (String name : batches) {
                JsonObject json = training.getAsJsonObject(name);
                TokenBatch batch = GoldenDialogues.batch(json, fixture.tokenizer, fixture.visualTokens);
                compareRows(coverage, name, batch);
                fixture.model.program().execute("set_probing", true);
                fixture.model.clearGradients();
                float loss = fixture.model.trainRows(batch, fixture.images(json.getAsJsonArray("images")), 1);
                coverage.compare(
                        name + ".loss",
                        new float[] {loss},
                        golden.get(name + ".loss").values(),
                        LOSS);
                assertThat((double) loss).isCloseTo(json.get("loss").getAsDouble(), Offset.offset(LOSS));
                try (DeviceTensor embeddings = fixture.model.program().call("probed", "row_embeddings")) {
                    coverage.compare(
                            name + ".inputs_embeds",
                            fixture.model.program().floats(embeddings),
                            golden.get(name + ".inputs_embeds").values(),
                            EMBEDDINGS);
                }
                compareGradients(coverage, name + ".grad.", fixture.model);
            }
        }
        coverage.assertComplete();
    }

    @Test
    void twoOptimiserStepsAreTheReferences() throws IOException {
        JsonObject adamw = training.getAsJsonObject("adamw");
        Coverage coverage = new Coverage(
                "AdamW steps",
                golden.names().stream()
                        .filter(name -> name.startsWith("adamw_"))
                        .toList());
        for (JsonElement rate : adamw.getAsJsonArray("lr")) {
            Path folder = Files.createDirectory(directory.resolve("lr" + rate));
            try (GoldenTrainingModel fixture = new GoldenTrainingModel(set, folder)) {
                twoSteps(coverage, fixture, adamw, rate.getAsDouble());
            }
        }
        coverage.assertComplete();
    }

    private void twoSteps(Coverage coverage, GoldenTrainingModel fixture, JsonObject adamw, double rate) {
        JsonObject group = adamw.getAsJsonArray("groups").get(0).getAsJsonObject();
        AdamWSettings settings = new AdamWSettings(
                group.getAsJsonArray("betas").get(0).getAsDouble(),
                group.getAsJsonArray("betas").get(1).getAsDouble(),
                group.get("eps").getAsDouble(),
                adamw.get("weight_decay").getAsDouble(),
                0);
        TrainableModel model = fixture.model;
        AdamW optimiser = new AdamW(model, settings);
        JsonObject json = training.getAsJsonObject("single");
        TokenBatch batch = GoldenDialogues.batch(json, fixture.tokenizer, fixture.visualTokens);
        Images images = fixture.images(json.getAsJsonArray("images"));
        String run = "adamw_lr" + pythonFloat(rate);
        double tolerance = rate <= 1e-5 ? 1e-6 : 2e-5;
        for (int step = 1; golden.names().contains(run + ".step" + step + ".loss"); step++) {
            String prefix = run + ".step" + step;
            float loss = model.trainRows(batch, images, 1);
            coverage.compare(
                    prefix + ".loss",
                    new float[] {loss},
                    golden.get(prefix + ".loss").values(),
                    LOSS);
            boolean isFirst = step == 1;
            if (!isFirst) {
                compareGradients(coverage, prefix + ".grad.", model);
            }
            setGradients(model, isFirst ? "single.grad." : prefix + ".grad.");
            optimiser.step(rate, name -> true);
            compare(coverage, prefix + ".param.", tolerance, false, model::parameter);
            compare(coverage, prefix + ".exp_avg.", 1e-6, true, model::gradientMean);
            compare(coverage, prefix + ".exp_avg_sq.", 1e-6, true, model::gradientSquare);
        }
    }

    @Test
    void parameterGroupsAreTheReferences() {
        JsonArray groups = training.getAsJsonObject("adamw").getAsJsonArray("groups");
        double decay = training.getAsJsonObject("adamw").get("weight_decay").getAsDouble();
        Coverage coverage = new Coverage("parameter groups", Set.of("decays", "does not decay"));
        try (GoldenTrainingModel fixture = new GoldenTrainingModel(set, directory)) {
            for (JsonElement element : groups) {
                boolean decays = element.getAsJsonObject().get("weight_decay").getAsDouble() == decay;
                Set<String> names = new TreeSet<>();
                for (JsonElement key : element.getAsJsonObject().getAsJsonArray("parameters")) {
                    names.add(GoldenTrainingModel.parameter(key.getAsString()));
                }
                coverage.compareExactly(
                        decays ? "decays" : "does not decay",
                        fixture.model.parameters().entrySet().stream()
                                .filter(entry ->
                                        ParameterGroups.decays(entry.getKey(), entry.getValue().length) == decays)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toCollection(TreeSet::new)),
                        names);
            }
        }
        coverage.assertComplete();
    }

    @Test
    void ranksAnswersAsTheReference() {
        JsonObject ranking = training.getAsJsonObject("ranking");
        List<String> cases = golden.names().stream()
                .filter(name -> name.startsWith("ranking."))
                .collect(Collectors.toCollection(ArrayList::new));
        cases.add("ranks");
        Coverage coverage = new Coverage("answer ranking", cases);
        try (GoldenTrainingModel fixture = new GoldenTrainingModel(set, directory)) {
            List<Turn> questions = new ArrayList<>();
            for (JsonElement instruction : ranking.getAsJsonArray("instructions")) {
                questions.addAll(
                        GoldenConversation.ofPrompt(instruction.getAsString()).turns());
            }
            List<List<String>> candidates = new ArrayList<>();
            for (JsonElement row : ranking.getAsJsonArray("candidates")) {
                candidates.add(row.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList());
            }
            RowEncoder encoder = new RowEncoder(fixture.tokenizer, PromptStyle.REFERENCE, fixture.visualTokens);
            AnswerRanking product = new AnswerRanking(fixture.model, encoder, fixture.tokenizer);
            for (int slot = 0; golden.names().contains("ranking.slot" + slot + ".labels"); slot++) {
                compareRows(coverage, "ranking.slot" + slot, product.batch(questions, candidates, slot));
            }
            float[][] losses = product.losses(questions, candidates, fixture.images(ranking.getAsJsonArray("images")));
            coverage.compare(
                    "ranking.losses", flat(losses), golden.get("ranking.losses").values(), LOSS);
            for (int i = 0; i < losses.length; i++) {
                coverage.compareExactly(
                        "ranks",
                        AnswerRanking.order(losses[i], candidates.get(i).size()),
                        ranking.getAsJsonArray("ranks").get(i).getAsJsonArray().asList().stream()
                                .mapToInt(JsonElement::getAsInt)
                                .toArray());
            }
        }
        coverage.assertComplete();
    }

    private List<String> namesOf(List<String> batches) {
        return golden.names().stream()
                .filter(name -> batches.contains(name.substring(0, name.indexOf('.'))))
                .toList();
    }

    private void compareRows(Coverage coverage, String name, TokenBatch batch) {
        coverage.compareExactly(
                name + ".labels",
                GoldenTrainingModel.ints(batch.labels()),
                golden.get(name + ".labels").ints());
        coverage.compareExactly(
                name + ".attention_mask",
                Arrays.stream(batch.segments())
                        .mapToInt(segment -> segment == TokenBatch.PADDING ? 0 : 1)
                        .toArray(),
                golden.get(name + ".attention_mask").ints());
    }

    private void compareGradients(Coverage coverage, String prefix, TrainableModel model) {
        for (String name : golden.names()) {
            if (name.startsWith(prefix)) {
                float[] expected = golden.get(name).values();
                String parameter = GoldenTrainingModel.parameter(name.substring(prefix.length()));
                coverage.compare(name, model.gradient(parameter), expected, GRADIENT * largest(expected));
            }
        }
    }

    private interface Reader {
        NamedTensor read(String parameter);
    }

    private void compare(Coverage coverage, String prefix, double tolerance, boolean isRelative, Reader reader) {
        for (String name : golden.names()) {
            if (name.startsWith(prefix)) {
                float[] expected = golden.get(name).values();
                String parameter = GoldenTrainingModel.parameter(name.substring(prefix.length()));
                double allowed = isRelative ? tolerance * largest(expected) : tolerance;
                coverage.compare(name, reader.read(parameter).values(), expected, allowed);
            }
        }
    }

    private void setGradients(TrainableModel model, String prefix) {
        for (String name : golden.names()) {
            if (name.startsWith(prefix)) {
                GoldenTensors.Tensor gradient = golden.get(name);
                try (BatchTensor tensor = model.program().tensor(gradient.values(), gradient.shape())) {
                    model.program()
                            .execute(
                                    "set_gradient",
                                    GoldenTrainingModel.parameter(name.substring(prefix.length())),
                                    tensor);
                }
            }
        }
    }

    private static float[] flat(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
        }
        return all;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** As Python prints it, which is how the set names its tensors: 1e-05, 0.01. */
    private String pythonFloat(double rate) {
        return golden.names().stream()
                .filter(name -> name.startsWith("adamw_lr"))
                .map(name -> name.substring("adamw_lr".length(), name.indexOf(".step")))
                .filter(text -> Double.parseDouble(text) == rate)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no golden tensors for lr " + rate));
    }
}
