package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.VisionLanguageModel;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.ComputeThreads;
import io.sextant.core.internal.trial.Processor;
import io.sextant.core.internal.weights.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComputeChoiceTest {
    private static final List<ComputeDevice> CPU = List.of(ComputeDevice.CPU);
    private static final Processor WITH_PRODUCTS = new Processor("one with products", "sse avx512_bf16", 1);
    private static final Processor WITHOUT = new Processor("one without", "sse", 1);

    @TempDir
    private Path folder;

    @Test
    void twoStartsChooseAlike() throws IOException {
        ComputeChoice first = choose(settings(), WITHOUT, true);
        ComputeChoice second = choose(settings(), WITHOUT, true);

        assertThat(second).isEqualTo(first);
        assertThat(first.reason()).startsWith("a trial on this processor: ");
        assertThat(files()).hasSize(2);
    }

    @Test
    void aKeptTrialIsTakenWhereThereIsNoTimeForOne() {
        ComputeChoice first = choose(settings(), WITHOUT, true);

        assertThat(choose(settings(), WITHOUT, false)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "time, the processor's instructions; no trial yet",
        "off, the processor's instructions; sextant.model.trial=off",
        "folder, the processor's instructions; a trial is kept in sextant.model.weight-cache",
        "unwritable, the processor's instructions; no trial was possible",
        "small, the processor's instructions; small models are not tried",
        "device, the processor's instructions; only what is computed on a CPU is tried",
    })
    void theInstructionsDecideWithout(String missing, String reason) throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        ModelSettings.Builder builder = settings().toBuilder();
        switch (missing) {
            case "off" -> builder.trial(false);
            case "folder" -> builder.weightCache(Optional.empty());
            case "unwritable" -> builder.weightCache(Optional.of(file));
            default -> builder.trial(true);
        }
        ModelDimensions dimensions =
                missing.equals("small") ? RandomModelSize.tiny().dimensions() : ModelDimensions.published();
        List<ComputeDevice> devices = missing.equals("device") ? List.of(new ComputeDevice("cuda:0")) : CPU;
        boolean mayTry = !missing.equals("time");

        for (Processor processor : List.of(WITH_PRODUCTS, WITHOUT)) {
            ComputeChoice choice = ComputeChoice.of(builder.build(), dimensions, devices, processor, mayTry);

            assertThat(choice.type()).isEqualTo(processor.suggestedType());
            assertThat(choice.threads()).isEqualTo(ComputeThreads.ofLibrary());
            assertThat(choice.reason()).startsWith(reason);
        }
        assertThat(files()).containsExactly("a-file");
    }

    @Test
    void whatIsSetIsNotTried() throws IOException {
        ModelSettings settings = settings().toBuilder()
                .computeType(ComputeType.BFLOAT16)
                .threads(7)
                .build();

        ComputeChoice choice = choose(settings, WITHOUT, true);

        assertThat(choice.type()).isEqualTo(ElementType.BFLOAT16);
        assertThat(choice.threads()).isEqualTo(7);
        assertThat(choice.reason()).startsWith("sextant.model.compute-type; sextant.model.threads; ");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void aModelIsComputedInTheTypeThatIsSet(ComputeType type) {
        ModelSettings settings =
                tiny().precision(Precision.INT8).computeType(type).build();

        try (VisionLanguageModel model = ModelLoader.load(settings)) {
            assertThat(model.info().precision()).isEqualToIgnoringCase("int8+" + type);
        }
    }

    @Test
    void oneProcessComputesInOneNumberOfThreads() {
        ModelSettings settings = tiny().build();
        ModelLoader.load(settings).close();
        int threads = ComputeThreads.decide(1);

        ModelLoader.load(settings.toBuilder().threads(threads).build()).close();
        ModelSettings other = settings.toBuilder().threads(threads + 1).build();
        assertThatThrownBy(() -> ModelLoader.load(other))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("sextant.model.threads=" + (threads + 1) + ", and this process computes in " + threads
                        + " since its first model; write that number, leave it out, or start another process.");
    }

    private ComputeChoice choose(ModelSettings settings, Processor processor, boolean mayTry) {
        return ComputeChoice.of(settings, ModelDimensions.published(), CPU, processor, mayTry);
    }

    private ModelSettings settings() {
        return ModelSettings.builder(Path.of("model"))
                .weightCache(Optional.of(folder))
                .build();
    }

    private ModelSettings.Builder tiny() {
        RandomModel.write(folder, RandomModelSize.tiny(), 3);
        return ModelSettings.builder(folder).device("cpu");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
