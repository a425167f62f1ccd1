package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceProgramTest {
    private static final String DECODER = "/io/sextant/core/internal/language/decoder.py";

    @ParameterizedTest
    @ValueSource(strings = {DECODER, "/io/sextant/core/internal/vision/encoder.py"})
    void compilesEveryProgram(String resource) {
        try (DeviceProgram program = DeviceProgram.load(resource, ComputeDevice.CPU, ElementType.FLOAT32)) {
            program.put("w", new float[] {1, 2, 3, 4}, 2, 2);
            try (DeviceTensor weight = program.call("weight", "w")) {
                assertThat(program.floats(weight)).containsExactly(1, 2, 3, 4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "BFLOAT16", "FLOAT16"})
    void handsTensorsOutAsFloat32WhateverTheyAreKeptIn(ElementType precision) {
        try (DeviceProgram program = DeviceProgram.load(DECODER, ComputeDevice.CPU, precision)) {
            program.put("model.embed_tokens.weight", new float[] {0.5f, -2, 3, 0.25f}, 2, 2);
            try (DeviceTensor ids = program.tensor(new long[] {1, 0}, 1, 2);
                    DeviceTensor embeddings = program.call("embed", ids)) {
                assertThat(program.floats(embeddings)).containsExactly(3, 0.25f, 0.5f, -2);
                assertThat(program.shape(embeddings)).containsExactly(1, 2, 2);
            }
        }
    }

    @Test
    void keepsNumbersAfterTheHostHasFreedItsOwn() {
        float[] ones = new float[1 << 16];
        Arrays.fill(ones, 1);
        try (DeviceProgram program = DeviceProgram.load(DECODER, ComputeDevice.CPU, ElementType.FLOAT32)) {
            for (int i = 0; i < 64; i++) {
                program.put("w" + i, ones, ones.length);
            }
            System.gc();
            float[] zeros = new float[ones.length];
            List<DeviceTensor> reusers = new ArrayList<>();
            for (int i = 0; i < 256; i++) {
                reusers.add(program.tensor(zeros, zeros.length));
            }
            for (int i = 0; i < 64; i++) {
                try (DeviceTensor weight = program.call("weight", "w" + i)) {
                    assertThat(program.floats(weight)).isEqualTo(ones);
                }
            }
            reusers.forEach(DeviceTensor::close);
        }
    }

    /** What is mapped lies in the file's own pages; what is converted is a copy, and the file is let go. */
    @ParameterizedTest(name = "weights of float16 in {0}, mapped: {1}")
    @CsvSource({"FLOAT16, true", "BFLOAT16, false", "FLOAT32, false"})
    void readsWeightsOfTheTypeItComputesInWhereTheyLie(ElementType precision, boolean isMapped, @TempDir Path directory)
            throws IOException {
        RandomModel.write(directory, RandomModelSize.tiny(), 3);
        Map<String, StoredTensor> decoder = ModelFolder.open(directory).decoder();
        StoredTensor embeddings = Objects.requireNonNull(decoder.get("model.embed_tokens.weight"));
        assertThat(embeddings.type()).isEqualTo(ElementType.FLOAT16);
        try (DeviceProgram program = DeviceProgram.load(DECODER, ComputeDevice.CPU, precision)) {
            program.mapAll(decoder);
            assertThat(Files.readString(Path.of("/proc/self/maps"))
                            .contains(embeddings.file().toRealPath().toString()))
                    .isEqualTo(isMapped);
        }
    }

    @Test
    void smallWorkLeavesLibtorchItsThreads() {
        try (DeviceProgram program = DeviceProgram.load(DECODER, ComputeDevice.CPU, ElementType.FLOAT32)) {
            program.put("w", new float[] {1, 2}, 2);
            int threads = JniUtils.getNumThreads();
            try (DeviceTensor small = program.callSized(1, "weight", "w");
                    DeviceTensor large = program.callSized(Long.MAX_VALUE, "weight", "w")) {
                assertThat(program.floats(small)).isEqualTo(program.floats(large));
            }
            assertThatThrownBy(() -> program.callSized(1, "weight", "unknown"))
                    .isInstanceOf(ModelDefectException.class);

            assertThat(JniUtils.getNumThreads()).isEqualTo(threads);
            assertThat(Torch.inOneThread(JniUtils::getNumThreads)).isOne();
        }
    }

    @Test
    void joinsTextsThatCallEachOthersMethods() {
        List<String> texts = List.of("/io/sextant/core/internal/vision/encoder.py", DECODER);
        try (DeviceProgram program = DeviceProgram.load(texts, ComputeDevice.CPU, ElementType.FLOAT32)) {
            program.put("model.embed_tokens.weight", new float[] {1, 2}, 2, 1);
            try (DeviceTensor stored = program.tensor(new float[] {1, 2, 3, 4, 5}, 1, 5, 1);
                    DeviceTensor fitted = program.call("interpolate_positions", stored, 1);
                    DeviceTensor ids = program.tensor(new long[] {1}, 1, 1);
                    DeviceTensor embedding = program.call("embed", ids)) {
                assertThat(program.shape(fitted)).containsExactly(1, 2, 1);
                assertThat(program.floats(embedding)).containsExactly(2);
            }
        }
    }

    @Test
    void namesTheStepThatFailed() {
        try (DeviceProgram program = DeviceProgram.load(DECODER, ComputeDevice.CPU, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> program.call("weight", "absent"))
                    .isInstanceOf(ModelDefectException.class)
                    .hasMessageContaining("\"weight\"");
        }
    }

    @Test
    void refusesDevicesThatAreNotThere() {
        assertThatThrownBy(() -> ComputeDevice.of("--device", "cuda:99"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("--device=cuda:99, which libtorch cannot reach here (")
                .hasMessageContaining("CUDA");
        assertThatThrownBy(() -> ComputeDevice.listOf("--device", "cpu,auto"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("auto stands alone");
        assertThat(ComputeDevice.listOf("--device", "cpu, cpu")).containsExactly(ComputeDevice.CPU, ComputeDevice.CPU);
        assertThatThrownBy(() -> ComputeDevice.of("--device", "tpu"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("auto, cpu, cuda or cuda:n");
        assertThat(ComputeDevice.of("--device", "cpu")).isEqualTo(ComputeDevice.CPU);
    }
}
