package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeTypeTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "flags\t\t: fpu avx512f avx512_bf16 amx_tile, BFLOAT16",
        "flags\t\t: fpu avx512f amx_bf16 amx_tile, BFLOAT16",
        "Features\t: fp asimd i8mm bf16, BFLOAT16",
        "flags\t\t: fpu avx2 avx512f avx512vl, FLOAT32",
        "Features\t: fp asimd, FLOAT32",
        "model name\t: a bf16 machine, FLOAT32",
    })
    void takesBfloat16WhereTheProcessorHasItsProducts(String line, ElementType expected) throws IOException {
        Path file = Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\n" + line + "\n\nprocessor\t: 1\n");
        assertThat(ComputeType.ofProcessor(file)).isEqualTo(expected);
    }

    @Test
    void takesFloat32WhereNothingIsKnown() {
        assertThat(ComputeType.ofProcessor(directory.resolve("none"))).isEqualTo(ElementType.FLOAT32);
    }
}
