package io.sextant.training.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgramTest {
    @Test
    void recordsGradientsOfTrainableTensors() {
        try (TrainingProgram program = loaded();
                BatchTensor x = program.tensor(new float[] {1, 2}, 1, 2)) {
            program.keep("master.w", new float[] {1, 2, 3, 4}, true, 2, 2);
            assertThat(program.record("square", x)).containsExactly(25 + 121);
            assertThat(gradient(program, "w")).containsExactly(10, 20, 22, 44);
            program.record("square", x);
            assertThat(gradient(program, "w")).containsExactly(20, 40, 44, 88);
        }
    }

    @Test
    void callsRecordNothingAndTakeTensorsOfTheHost() {
        try (TrainingProgram program = loaded();
                BatchTensor samples = program.tensor(new byte[] {0, (byte) 255, 51}, 1, 1, 1, 3)) {
            program.keep("pixel.mean", new float[] {0, 0, 0}, false, 3);
            program.keep("pixel.deviation", new float[] {1, 1, 0.1f}, false, 3);
            try (DeviceTensor values = program.call("pixel_values", samples)) {
                assertThat(program.floats(values)).containsExactly(0, 1, 2);
            }
        }
    }

    @Test
    void namesTheStepThatFailedAndStopsRecording() {
        try (TrainingProgram program = loaded();
                BatchTensor x = program.tensor(new float[] {1, 2}, 1, 2)) {
            boolean wasRecording = JniUtils.isGradMode();
            assertThatThrownBy(() -> program.record("square", x))
                    .isInstanceOf(ModelDefectException.class)
                    .hasMessageContaining("\"square\"");
            assertThat(JniUtils.isGradMode()).isEqualTo(wasRecording);
        }
    }

    private static TrainingProgram loaded() {
        List<String> texts = new ArrayList<>(TrainingProgram.TEXTS);
        texts.add("/io/sextant/training/device/recording.py");
        return TrainingProgram.load(texts, ComputeDevice.CPU, ElementType.FLOAT32);
    }

    private static float[] gradient(TrainingProgram program, String name) {
        try (DeviceTensor gradient = program.call("gradient", name)) {
            return program.floats(gradient);
        }
    }
}
