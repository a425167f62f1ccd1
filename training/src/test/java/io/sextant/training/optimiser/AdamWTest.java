package io.sextant.training.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.prompt.PromptStyle;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import io.sextant.training.device.BatchTensor;
import io.sextant.training.device.Images;
import io.sextant.training.device.TrainableModel;
import io.sextant.training.run.RunModel;
import io.sextant.training.run.TinyRuns;
import io.sextant.training.sequence.Dialogue;
import io.sextant.training.sequence.RowEncoder;
import io.sextant.training.sequence.TokenBatch;
import io.sextant.training.stage.Part;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdamWTest {
    private static final String NAME = "llama_proj.weight";
    private static final double RATE = 1e-2;

    @TempDir
    private Path directory;

    private TrainableModel model;
    private RunModel start;

    @BeforeEach
    void open() {
        start = TinyRuns.model(directory);
        model = TrainableModel.create(start.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU);
        start.parts().giveTo(model, Set.of(Part.PROJECTION));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void scalesGradientsDownToTheLargestNorm() {
        AdamW optimiser = new AdamW(model, new AdamWSettings(0.9, 0.999, 1e-8, 0, 0.5));
        trainOnce();
        double before = model.gradientNorm();
        setAllGradients((float) (4 / Math.sqrt(parameterCount())));
        assertThat(before).isPositive();

        assertThat(optimiser.step(RATE, name -> true)).isCloseTo(4, Offset.offset(1e-3));

        float[] mean = model.gradientMean(NAME).values();
        assertThat((double) mean[0]).isCloseTo(0.1 * 0.5 / Math.sqrt(parameterCount()), Offset.offset(1e-6));
        assertThat(model.gradientNorm()).isZero();
    }

    @Test
    void leavesParametersAloneThatNothingReached() {
        AdamW optimiser = new AdamW(model, AdamWSettings.REFERENCE);
        trainOnce();
        optimiser.step(RATE, name -> !name.equals(NAME));
        assertThat(model.parameter(NAME).values())
                .isEqualTo(start.parts().of(Part.PROJECTION).get(0).values());
        assertThat(optimiser.steps()).doesNotContainKey(NAME).containsKey("llama_proj.bias");
    }

    @Test
    void changesNothingByGradientsThatAreNotFinite() {
        AdamW optimiser = new AdamW(model, AdamWSettings.REFERENCE);
        trainOnce();
        setAllGradients(Float.NaN);
        assertThat(optimiser.step(RATE, name -> true)).isNaN();
        assertThat(model.parameter(NAME).values())
                .isEqualTo(start.parts().of(Part.PROJECTION).get(0).values());
    }

    private long parameterCount() {
        return model.parameters().values().stream()
                .mapToLong(shape -> Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                .sum();
    }

    private void setAllGradients(float value) {
        model.parameters().forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
            Arrays.fill(values, value);
            try (BatchTensor tensor = model.program().tensor(values, shape)) {
                model.program().execute("set_gradient", name, tensor);
            }
        });
    }

    private void trainOnce() {
        RowEncoder encoder = new RowEncoder(
                start.tokenizer(),
                PromptStyle.REFERENCE,
                start.dimensions().vision().visualTokens());
        Dialogue dialogue =
                new Dialogue(List.of(Turn.answered(List.of(PromptSegment.userText("what is this?")), "a dog")));
        int side = start.dimensions().vision().imageSize();
        float[] pixels = new float[3 * side * side];
        Arrays.fill(pixels, 0.5f);
        model.trainRows(
                TokenBatch.of(
                        List.of(encoder.row(dialogue, true)), start.tokenizer().pad()),
                Images.ofValues(pixels),
                1);
    }
}
