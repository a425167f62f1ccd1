package io.sextant.training.run;

import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ConfigurationException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.TensorValues;
import io.sextant.core.internal.weights.WritableTensor;
import io.sextant.core.internal.weights.folder.ModelDocuments;
import io.sextant.core.internal.weights.safetensors.SafetensorsWriter;
import io.sextant.core.internal.weights.torch.TorchWriter;
import io.sextant.training.device.ModelTensors;
import io.sextant.training.device.NamedTensor;
import io.sextant.training.stage.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a run's model as a model folder, with the file formats and key names of the published one, so that the core opens it as it
 * is. The norm behind the encoder is left out: the reference computes with ones and zeros then, as training did.
 */
public final class ModelExport {
    private final ModelDimensions dimensions;
    private final ModelParts parts;
    private final ElementType type;

    /**
     * @param dimensions of the model that is written; of the parts it takes the first blocks and layers
     * @param type of the numbers in the files: BFLOAT16, FLOAT16 or FLOAT32
     */
    public ModelExport(ModelDimensions dimensions, ModelParts parts, ElementType type) {
        this.dimensions = dimensions;
        this.parts = parts.fittedTo(dimensions);
        this.type = type;
    }

    /**
     * @param folder that is made; it must not hold a model yet
     * @param name of the model
     * @param tokenizer {@code tokenizer.json} to copy
     * @throws ConfigurationException if it cannot be written
     */
    public void write(Path folder, String name, Path tokenizer) {
        try {
            Path decoder = Files.createDirectories(folder.resolve(ModelDocuments.DECODER_FOLDER));
            Files.copy(tokenizer, decoder.resolve("tokenizer.json"));
            ModelDocuments.writeDecoderConfiguration(decoder, dimensions.decoder(), type);
            SafetensorsWriter.write(decoder.resolve("model.safetensors"), tensors(Part.DECODER, ""));
            List<WritableTensor> encoder = new ArrayList<>(tensors(Part.ENCODER, ""));
            encoder.removeIf(tensor -> tensor.name().startsWith("ln_vision."));
            TorchWriter.write(
                    folder.resolve(ModelDocuments.IMAGE_ENCODER), "eva_vit_g", new TorchWriter.StateDict(encoder));
            List<WritableTensor> checkpoint = new ArrayList<>(tensors(Part.PROJECTION, ""));
            checkpoint.addAll(tensors(Part.ADAPTER, ModelTensors.ADAPTER_PREFIX));
            Map<String, Object> content = new LinkedHashMap<>();
            content.put("model", new TorchWriter.StateDict(checkpoint));
            content.put("epoch", 0);
            TorchWriter.write(folder.resolve(ModelDocuments.CHECKPOINT), "minigptv2_checkpoint", content);
            // Last, so that a folder that was left half-way is not taken for a model.
            VisionDimensions vision = dimensions.vision();
            ModelDocuments.writeDescription(folder, "name", name, dimensions, vision.blocks(), parts.grid());
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The model cannot be written to " + folder + " (" + e + "); name a new folder with enough space.",
                    e);
        }
    }

    private List<WritableTensor> tensors(Part part, String prefix) {
        return parts.of(part).stream().map(tensor -> writable(prefix, tensor)).toList();
    }

    private WritableTensor writable(String prefix, NamedTensor tensor) {
        return WritableTensor.of(
                prefix + tensor.name(),
                type,
                Arrays.stream(tensor.shape()).boxed().toList(),
                TensorValues.of(tensor.values()));
    }
}
