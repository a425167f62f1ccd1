package io.sextant.core.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.GenerationRequest;
import io.sextant.core.GenerationSettings;
import io.sextant.core.ModelInfo;
import io.sextant.core.VisionLanguageModel;
import io.sextant.core.error.ModelDefectException;
import io.sextant.core.image.RgbImage;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.language.AdapterUse;
import io.sextant.core.internal.language.LanguageDecoder;
import io.sextant.core.internal.prompt.PromptEncoder;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImageEncoder;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import io.sextant.core.prompt.PromptSegment;
import io.sextant.core.prompt.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step that fails on the device, wherever it does, is told to those whose step it was and leaves no tensor behind. */
class FailingProgramTest {
    @TempDir
    private Path directory;

    @Test
    void endsTheFirstReplicaWhereTheSecondCannotBeMade() {
        Path path = directory.resolve("model");
        RandomModel.write(path, RandomModelSize.tiny(), 3);
        ModelFolder folder = ModelFolder.open(path);
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        List<SharedModel.Weights> weights = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            weights.add(new SharedModel.Weights(
                    ImageEncoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32),
                    LanguageDecoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32, AdapterUse.MERGED)));
        }
        weights.get(1).close();
        PromptEncoder prompts = new PromptEncoder(tokenizer);
        ModelInfo info = new ModelInfo("two", folder.fingerprint(), 56, 4, 2048, "cpu", "float32");

        assertThatThrownBy(() -> new SharedModel(info, tokenizer, prompts, weights, 1 << 20, 8, 4))
                .isInstanceOf(RuntimeException.class);

        assertThat(weights.get(0).decoder().program().openTensors()).isZero();
        assertThat(weights.get(0).decoder().program().manager().isOpen()).isFalse();
        weights.forEach(SharedModel.Weights::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.embed_tokens.weight",
                "model.layers.0.self_attn.q_proj.weight",
                "model.layers.1.mlp.down_proj.weight",
                "model.norm.weight",
                "lm_head.weight",
                "blocks.0.attn.qkv.weight",
                "llama_proj.weight",
            })
    void leavesNoTensorBehind(String broken) {
        Path path = directory.resolve("model");
        RandomModel.write(path, RandomModelSize.tiny(), 3);
        ModelFolder folder = ModelFolder.open(path);
        LlamaTokenizer tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        ImageEncoder encoder = ImageEncoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32);
        LanguageDecoder decoder =
                LanguageDecoder.load(folder, ComputeDevice.CPU, ElementType.FLOAT32, AdapterUse.MERGED);
        ModelInfo info = new ModelInfo(
                "broken",
                folder.fingerprint(),
                encoder.dimensions().imageSize(),
                encoder.dimensions().visualTokens(),
                decoder.dimensions().contextLength(),
                "cpu",
                "float32");
        boolean isOfEncoder = folder.vision().containsKey(broken) || broken.startsWith("llama_proj");
        DeviceProgram program = isOfEncoder ? encoder.program() : decoder.program();
        try (VisionLanguageModel model = new SharedModel(
                info,
                tokenizer,
                new PromptEncoder(tokenizer),
                List.of(new SharedModel.Weights(encoder, decoder)),
                4 << 20,
                100,
                8)) {
            for (int i = 20; i < 20 + DecoderSteps.KEPT_IMAGES; i++) {
                assertThat(model.generate(request(i)).tokens()).isNotEmpty();
            }
            int encoderTensors = encoder.program().openTensors();
            int decoderTensors = decoder.program().openTensors();

            program.put(broken, new float[] {1, 2, 3}, 3);
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 2; i < 12; i++) {
                answers.add(model.submit(request(i)).toCompletableFuture());
            }
            for (CompletableFuture<?> answer : answers) {
                assertThat(answer.handle((result, failure) -> failure).join()).isInstanceOf(ModelDefectException.class);
            }

            assertThat(model.statistics().failed()).isEqualTo(10);
            assertThat(encoder.program().openTensors()).isEqualTo(encoderTensors);
            assertThat(decoder.program().openTensors()).isEqualTo(decoderTensors);
        }
    }

    private static GenerationRequest request(int number) {
        byte[] rgb = new byte[3 * 20 * 20];
        new Random(number).nextBytes(rgb);
        RgbImage image = new RgbImage("image", String.format("%064d", number), 20, 20, 1, rgb);
        return new GenerationRequest(
                List.of(image),
                List.of(Turn.open(List.of(PromptSegment.userText("what is it?")))),
                GenerationSettings.DEFAULT.withMaxNewTokens(4));
    }
}
