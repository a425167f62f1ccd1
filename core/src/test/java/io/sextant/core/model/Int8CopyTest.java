package io.sextant.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationResult;
import io.sextant.core.GenerationSettings;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.error.ResourceExhaustedException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8CopyTest {
    private static final ModelDimensions PUBLISHED = ModelDimensions.published();
    private static final long GIBIBYTE = 1L << 30;

    @TempDir
    private Path directory;

    /** The prompt is one of many rows. */
    @Test
    void answersTheSameToTheLastBitWithIt() {
        RandomModel.write(directory.resolve("random"), RandomModelSize.tiny(), 5);
        GenerationResult with = answer(directory.resolve("random"), Int8Copy.ON);
        GenerationResult without = answer(directory.resolve("random"), Int8Copy.OFF);

        assertThat(with.promptTokens()).isGreaterThan(40);
        assertThat(with.tokens()).isNotEmpty().isEqualTo(without.tokens());
    }

    @Test
    void theEmbeddedModelAnswersTheSameWithIt() {
        Path folder = EmbeddedModel.unpack(directory);

        assertThat(answer(folder, Int8Copy.ON).tokens())
                .isNotEmpty()
                .isEqualTo(answer(folder, Int8Copy.OFF).tokens());
    }

    /** The copy is made after the model has been loaded. */
    @Test
    void answersTheSameBeforeItIsThereAndAfterwards() {
        RandomModelSize size = RandomModelSize.tiny();
        RandomModel.write(directory.resolve("random"), size, 5);
        try (VisionLanguageModel model = ModelLoader.load(settings(directory.resolve("random"), Int8Copy.ON))) {
            GenerationResult early = model.generate(request());
            while (model.statistics().pendingBytes() > 0) {
                Thread.onSpinWait();
            }
            assertThat(model.generate(request()).tokens()).isNotEmpty().isEqualTo(early.tokens());
        }
    }

    @Test
    void isLeftWhereTheModelIsClosed() {
        RandomModel.write(directory.resolve("random"), RandomModelSize.tiny(), 5);
        VisionLanguageModel model = ModelLoader.load(settings(directory.resolve("random"), Int8Copy.ON));
        model.close();
        long left = model.statistics().pendingBytes();

        assertThat(model.statistics().pendingBytes()).isEqualTo(left);
        assertThatThrownBy(() -> model.generate(request())).isInstanceOf(ResourceExhaustedException.class);
    }

    /** Weights of 5.1 GiB and a copy of 6.0 need 18.6 GiB that are available, for each replica. */
    @ParameterizedTest(name = "{0}, {1}, {2} replicas, {3} GiB available: {4}")
    @CsvSource({
        "AUTO, INT4, 1, 19, true",
        "AUTO, INT4, 1, 18, false",
        "AUTO, INT4, 2, 36, false",
        "AUTO, INT4, 2, 38, true",
        "ON, INT4, 1, 1, true",
        "OFF, INT4, 1, 99, false",
        "ON, INT8, 1, 99, false",
        "ON, BFLOAT16, 1, 99, false",
    })
    void isThereWhereThereIsRoom(Int8Copy wanted, Precision precision, int replicas, long available, boolean expected) {
        assertThat(Int8CopyChoice.of(
                                wanted, PUBLISHED, precision, replicas, () -> OptionalLong.of(available * GIBIBYTE))
                        .hasCopy())
                .isEqualTo(expected);
    }

    @Test
    void isNotThereWhereTheMemoryIsNotKnown() {
        assertThat(Int8CopyChoice.of(Int8Copy.AUTO, PUBLISHED, Precision.INT4, 1, OptionalLong::empty))
                .isEqualTo(new Int8CopyChoice(false, "the memory left is not known"));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"AUTO, INT8", "AUTO, BFLOAT16", "ON, INT4", "OFF, INT4"})
    void asksForTheMemoryOnlyWhereItDecides(Int8Copy wanted, Precision precision) {
        assertThatCode(() -> Int8CopyChoice.of(wanted, PUBLISHED, precision, 1, () -> {
                    throw new AssertionError("asked for the memory");
                }))
                .doesNotThrowAnyException();
    }

    @Test
    void saysWhy() {
        assertThat(Int8CopyChoice.of(Int8Copy.AUTO, PUBLISHED, Precision.INT4, 1, () -> OptionalLong.of(20 * GIBIBYTE))
                        .reason())
                .isEqualTo("weights and copy take 11.1 GiB, and may take 12.0");
    }

    @Test
    void isCountedWhereItIsSet() {
        RandomModelSize size = RandomModelSize.tiny();
        RandomModel.write(directory.resolve("tiny"), size, 3);
        ModelSettings settings = settings(directory.resolve("tiny"), Int8Copy.OFF);

        assertThat(ModelMemory.of(settings.toBuilder().int8Copy(Int8Copy.ON).build())
                                .neededBytes()
                        - ModelMemory.of(settings).neededBytes())
                .isEqualTo(MemoryNeed.int8CopyBytes(size.dimensions(), Precision.INT4))
                .isPositive();
    }

    private static ModelSettings settings(Path folder, Int8Copy copy) {
        return ModelSettings.builder(folder)
                .device("cpu")
                .precision(Precision.INT4)
                .int8Copy(copy)
                .build();
    }

    private static GenerationResult answer(Path folder, Int8Copy copy) {
        try (VisionLanguageModel model = ModelLoader.load(settings(folder, copy))) {
            return model.generate(request());
        }
    }

    private static GenerationRequest request() {
        byte[] rgb = new byte[3 * 32 * 32];
        new Random(7).nextBytes(rgb);
        RgbImage image = new RgbImage("noise", "0".repeat(64), 32, 32, 1, rgb);
        String text = "what is on the table beside the red apple and the blue ball? ".repeat(3);
        return GenerationRequest.builder(List.of(image), List.of(Turn.open(List.of(PromptSegment.userText(text)))))
                .settings(GenerationSettings.DEFAULT.withMaxNewTokens(12))
                .build();
    }
}
