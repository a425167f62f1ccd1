package io.sextant.core.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {
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
        assertThat(processor(line).suggestedType()).isEqualTo(expected);
    }

    @Test
    void takesFloat32WhereNothingIsKnown() {
        assertThat(Processor.of(directory.resolve("none")).suggestedType()).isEqualTo(ElementType.FLOAT32);
    }

    @Test
    void isToldFromOthersByWhatDoesNotChange() throws IOException {
        Processor processor = processor(
                "model name\t: AMD EPYC\nstepping\t: 1\ncpu MHz\t\t: 2596.146\nsiblings\t: 16\ncpu cores\t: 8\nflags\t\t: fpu sse");

        assertThat(processor).isEqualTo(new Processor("AMD EPYC 1", "fpu sse", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu cores\t: 8", "siblings\t: 8\ncpu cores\t: 0", "siblings\t: x\ncpu cores\t: 8"})
    void hasOneThreadForACoreWhereThatIsNotTold(String lines) throws IOException {
        assertThat(processor(lines).threadsPerCore()).isOne();
    }

    private Processor processor(String lines) throws IOException {
        return Processor.of(Files.writeString(
                directory.resolve("cpuinfo"), "processor\t: 0\n" + lines + "\n\nprocessor\t: 1\nflags\t: bf16\n"));
    }
}
