package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.weights.ElementType;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryBudgetTest {
    private static final long GIBIBYTE = 1L << 30;
    private static final ComputeDevice FIRST = new ComputeDevice("cuda:0");
    private static final ComputeDevice SECOND = new ComputeDevice("cuda:1");

    @ParameterizedTest(name = "{0} GiB, {1} in products: {2}")
    @CsvSource({
        "64, FLOAT32, FLOAT32",
        "64, BFLOAT16, BFLOAT16",
        "32, FLOAT32, BFLOAT16",
        "32, BFLOAT16, BFLOAT16",
        "16, BFLOAT16, INT8",
        "12, BFLOAT16, INT4",
        "8, BFLOAT16, INT4"
    })
    void takesTheFirstPrecisionThatFits(long memory, ElementType processor, Precision expected) {
        assertThat(MemoryBudget.ofHost(memory * GIBIBYTE, processor)
                        .choose(Precision.AUTO, ModelDimensions.published()))
                .isEqualTo(expected);
    }

    @Test
    void smallWeightsStayInFloat32() {
        assertThat(MemoryBudget.ofHost(64 * GIBIBYTE, ElementType.BFLOAT16)
                        .choose(Precision.AUTO, RandomModelSize.tiny().dimensions()))
                .isEqualTo(Precision.FLOAT32);
    }

    @Test
    void namesAPrecisionThatFitsWhereTheChosenOneDoesNot() {
        assertThatThrownBy(() -> MemoryBudget.ofHost(12 * GIBIBYTE, ElementType.BFLOAT16)
                        .choose(Precision.BFLOAT16, ModelDimensions.published()))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("14.4 GiB in bfloat16")
                .hasMessageContaining("has 12.0 GiB")
                .hasMessageContaining("sextant.model.precision=int8");
        assertThatThrownBy(() -> MemoryBudget.ofHost(4 * GIBIBYTE, ElementType.BFLOAT16)
                        .choose(Precision.AUTO, ModelDimensions.published()))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("no precision needs less")
                .hasMessageContaining("a larger machine");
    }

    @ParameterizedTest(name = "{0} GiB free on the device: {1}")
    @CsvSource({"139, FLOAT16", "24, FLOAT16", "15, FLOAT16"})
    void largeWeightsAreOfTheReferencesTypeOnADevice(long free, Precision expected) {
        assertThat(onDevices(Precision.AUTO, ModelDimensions.published(), free, FIRST))
                .isEqualTo(expected);
    }

    @Test
    void smallWeightsStayInFloat32OnADeviceToo() {
        assertThat(onDevices(Precision.AUTO, RandomModelSize.tiny().dimensions(), 16, FIRST))
                .isEqualTo(Precision.FLOAT32);
    }

    @Test
    void refusesWhatADeviceHasNoRoomFor() {
        assertThatThrownBy(() -> onDevices(Precision.FLOAT32, ModelDimensions.published(), 20, FIRST))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("28.9 GiB in float32, and cuda:0 has 20.0 GiB free")
                .hasMessageContaining("use sextant.model.precision=float16, which needs 14.4 GiB");
        assertThatThrownBy(() -> onDevices(Precision.BFLOAT16, ModelDimensions.published(), 8, FIRST))
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageContaining("no precision needs less than the 14.4 GiB of float16")
                .hasMessageContaining("sextant.model.device=cpu");
    }

    @Test
    void replicasOnOneDeviceShareWhatItHas() {
        assertThat(onDevices(Precision.FLOAT16, ModelDimensions.published(), 20, FIRST, SECOND))
                .isEqualTo(Precision.FLOAT16);
        assertThatThrownBy(() -> onDevices(Precision.FLOAT16, ModelDimensions.published(), 20, FIRST, FIRST))
                .hasMessageContaining("cuda:0 has 10.0 GiB free");
    }

    @Test
    void theTightestDeviceDecides() {
        assertThat(MemoryBudget.choose(
                        Precision.AUTO,
                        RandomModelSize.tiny().dimensions(),
                        List.of(FIRST, SECOND),
                        ElementType.BFLOAT16,
                        device -> OptionalLong.of(device.equals(SECOND) ? floatBytes() : 64 * GIBIBYTE)))
                .isEqualTo(Precision.FLOAT16);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, agrees best", "BFLOAT16, 8 GiB", "FLOAT16, 8 GiB", "INT8, more exact", "INT4, more exact"})
    void saysWhyItWasChosen(Precision chosen, String words) {
        assertThat(MemoryBudget.reason(chosen, ModelDimensions.published())).contains(words);
    }

    @Test
    void smallWeightsOf16BitsAreForWantOfMemory() {
        assertThat(MemoryBudget.reason(
                        Precision.BFLOAT16, RandomModelSize.tiny().dimensions()))
                .contains("more exact does not fit");
    }

    @Test
    void aDeviceThatDoesNotTellForbidsNothing() {
        assertThat(MemoryBudget.choose(
                        Precision.FLOAT32,
                        ModelDimensions.published(),
                        List.of(FIRST),
                        ElementType.BFLOAT16,
                        device -> OptionalLong.empty()))
                .isEqualTo(Precision.FLOAT32);
    }

    private static long floatBytes() {
        return MemoryNeed.weightBytes(RandomModelSize.tiny().dimensions(), Precision.FLOAT32);
    }

    private static Precision onDevices(
            Precision wanted, ModelDimensions dimensions, long free, ComputeDevice... devices) {
        return MemoryBudget.choose(
                wanted, dimensions, List.of(devices), ElementType.BFLOAT16, device -> OptionalLong.of(free * GIBIBYTE));
    }
}
