package io.sextant.core.internal.weights.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.error.ModelFilesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlamaConfigTest {
    @TempDir
    Path folder;

    @Test
    void fillsInTheDefaultsOfTransformers() throws IOException {
        assertThat(read("{\"model_type\": \"llama\"}").dimensions())
                .isEqualTo(new DecoderDimensions(4096, 32, 32, 32, 11008, 32000, 2048, 1e-6, 10000));
    }

    @Test
    void readsGroupedQueriesAndTheBaseOfRotations() throws IOException {
        LlamaConfig config = read("""
                {"architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_attention_heads": 8, "num_key_value_heads": 2,
                 "rope_parameters": {"rope_type": "default", "rope_theta": 500000}, "rope_scaling": null, "head_dim": 8,
                 "tie_word_embeddings": true, "pretraining_tp": 2}
                """);
        assertThat(config.dimensions().keyValueHeads()).isEqualTo(2);
        assertThat(config.dimensions().keyValueWidth()).isEqualTo(16);
        assertThat(config.dimensions().ropeTheta()).isEqualTo(500000);
        assertThat(config.tiedEmbeddings()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {} | model_type
            {"model_type": "mistral"} | mistral
            {"model_type": "llama", "architectures": ["MistralForCausalLM"]} | MistralForCausalLM
            {"model_type": "llama", "hidden_act": "gelu"} | gelu
            {"model_type": "llama", "rope_scaling": {"type": "linear", "factor": 2.0}} | rope_scaling
            {"model_type": "llama", "rope_parameters": {"rope_type": "llama3"}} | llama3
            {"model_type": "llama", "attention_bias": true} | attention_bias
            {"model_type": "llama", "mlp_bias": true} | mlp_bias
            {"model_type": "llama", "quantization_config": {"bits": 4}} | quantization_config
            {"model_type": "llama", "head_dim": 256} | head_dim
            {"model_type": "llama", "hidden_size": 0} | hidden_size
            {"model_type": "llama", "hidden_size": 4095} | hidden_size
            {"model_type": "llama", "num_key_value_heads": 5} | num_key_value_heads
            {"model_type": "llama", "num_hidden_layers": 1e9} | num_hidden_layers
            {"model_type": "llama", "num_hidden_layers": 99999999999} | num_hidden_layers
            {"model_type": "llama", "rms_norm_eps": "1e-5"} | rms_norm_eps
            {"model_type": "llama", "rms_norm_eps": 0} | rms_norm_eps
            [] | object
            """)
    void refusesByNameWhatItDoesNotCompute(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(reason);
    }

    private LlamaConfig read(String json) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, json);
        return LlamaConfig.read(file);
    }
}
