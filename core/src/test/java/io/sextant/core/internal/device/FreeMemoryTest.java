package io.sextant.core.internal.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.weights.ElementType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What libtorch says where memory runs out; the words of a graphics processor are raised by a program, for none is here. */
class FreeMemoryTest {
    private static final String FAILING = "/io/sextant/core/internal/device/failing.py";

    @ParameterizedTest
    @CsvSource({
        "138.95 GiB, 149196426444",
        "1.50 GiB, 1610612736",
        "966.00 MiB, 1012924416",
        "12.50 KiB, 12800",
        "0 bytes, 0"
    })
    void isReadFromLibtorchsWords(String said, long bytes) {
        assertThat(FreeMemory.toldBy(
                        "CUDA out of memory. Tried to allocate 1048576.00 GiB. GPU 0 has a total capacity of"
                                + " 139.81 GiB of which " + said
                                + " is free. Including non-PyTorch memory, this process has"
                                + " 534.00 MiB memory in use."))
                .hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "CUDA error: out of memory", "of which much is free", "of which 1.5 TiB is free"})
    void isNotKnownWhereTheWordsAreOthers(String said) {
        assertThat(FreeMemory.toldBy(said)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: out of memory",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED"
            })
    void failsTypedWhateverRanOutOfMemory(String said) {
        try (DeviceProgram program = DeviceProgram.load(FAILING, ComputeDevice.CPU, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> program.call("fail", said)).isInstanceOf(ResourceExhaustedException.class);
        }
    }

    @Test
    void namesWhatTheDeviceHasFree() {
        try (DeviceProgram program = DeviceProgram.load(FAILING, ComputeDevice.CPU, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> program.call(
                            "fail",
                            "CUDA out of memory. Tried to allocate 1.95 GiB. GPU 0 has a total capacity of 14.57 GiB of"
                                    + " which 1.58 GiB is free."))
                    .isInstanceOf(ResourceExhaustedException.class)
                    .hasMessageContaining("1617 MiB free")
                    .hasMessageContaining("sextant.model.cache-size");
        }
    }

    @Test
    void asksForMoreThanAnyDeviceHas() {
        try (DeviceProgram program = DeviceProgram.load(List.of(), ComputeDevice.CPU, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> program.execute("ask_too_much", "cpu"))
                    .isInstanceOf(ResourceExhaustedException.class);
        }
        assertThat(ComputeDevice.CPU.freeBytes()).isEmpty();
        assertThat(new ComputeDevice("cuda:99").freeBytes())
                .as("a device that is not there")
                .isEmpty();
    }
}
