package io.sextant.core.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.internal.device.ComputeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTrialTest {
    @TempDir
    private Path folder;

    /** Of real products; which of them is faster here is not the matter. */
    @Test
    void everyStartAfterTheFirstHasItsAnswer() throws IOException {
        Processor processor = Processor.ofMachine();
        assertThat(trial(processor, Map.of()).find()).isEmpty();

        TrialResult first = trial(processor, Map.of()).findOrTry();

        assertThat(first.chosen().threads()).isBetween(1, ComputeThreads.ofLibrary());
        assertThat(trial(processor, Map.of()).find()).contains(first);
        assertThat(trial(processor, Map.of()).findOrTry()).isEqualTo(first);
        assertThat(trial(processor, Map.of("ONEDNN_MAX_CPU_ISA", "AVX2")).find())
                .isEmpty();
        assertThat(trial(new Processor("another", "sse", 1), Map.of()).find()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(2)
                    .contains("trial.lock");
        }
    }

    @ParameterizedTest(name = "libtorch takes {0}, {1} may be used, {2} share a core: {3}")
    @CsvSource({
        "8, 8, 1, ''",
        "8, 8, 2, 4",
        "64, 2, 1, 2",
        "64, 2, 2, 2 32",
        "64, 48, 2, 48 32",
        "1, 1, 2, ''",
        "2, 4, 1, ''"
    })
    void fewerThreadsAreTriedWhereTheyMayBeBetter(int own, int available, int threadsPerCore, String expected) {
        Processor processor = new Processor("", "", threadsPerCore);

        assertThat(ProcessorTrial.threads(processor, own, available, Map.of())).isEqualTo(numbers(expected));
        assertThat(ProcessorTrial.threads(processor, own, available, Map.of("OMP_NUM_THREADS", "8")))
                .isEmpty();
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private ProcessorTrial trial(Processor processor, Map<String, String> environment) {
        return new ProcessorTrial(processor, folder, environment);
    }
}
