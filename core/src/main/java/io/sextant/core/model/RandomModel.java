package io.sextant.core.model;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.token.SmallTokenizer;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.WritableTensor;
import io.sextant.core.internal.weights.folder.ExpectedTensors;
import io.sextant.core.internal.weights.folder.ModelDocuments;
import io.sextant.core.internal.weights.safetensors.SafetensorsWriter;
import io.sextant.core.internal.weights.torch.TorchWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes model folders with random weights: every file a real model has, in the same formats and of any size. For tests,
 * benchmarks and trying things out; its answers mean nothing.
 *
 * <p>The same size and seed give the same bytes, on every machine.
 */
public final class RandomModel {
    private final Path folder;
    private final RandomModelSize size;
    private final RandomWeights weights;

    private RandomModel(Path folder, RandomModelSize size, RandomWeights weights) {
        this.folder = folder;
        this.size = size;
        this.weights = weights;
    }

    /**
     * Writes a model.
     *
     * @param folder is created; must not hold a model yet
     * @param seed of the weights
     * @throws ModelFilesException if a file exists or cannot be written
     */
    public static void write(Path folder, RandomModelSize size, long seed) {
        new RandomModel(folder, size, RandomWeights.of(seed)).write();
    }

    /**
     * Writes a model whose weights are all zero and lie in holes of the files: they have their true size and need almost no
     * space, where the file system knows holes. To try file handling at sizes no test could fill.
     *
     * @param folder is created; must not hold a model yet
     * @throws ModelFilesException if a file exists or cannot be written
     */
    public static void writeSparse(Path folder, RandomModelSize size) {
        new RandomModel(folder, size, RandomWeights.zeros()).write();
    }

    private void write() {
        Path decoderFolder = folder.resolve(ModelDocuments.DECODER_FOLDER);
        try {
            Files.createDirectories(decoderFolder);
            writeDecoder(decoderFolder);
            SmallTokenizer.write(decoderFolder);
            writeImageEncoder();
            writeCheckpoint();
            // Last, so that a folder that was left half-way is not taken for a model.
            ModelDocuments.writeDescription(
                    folder,
                    "note",
                    "random weights: the answers mean nothing",
                    size.dimensions(),
                    size.blocksInFile(),
                    size.gridInFile());
        } catch (IOException e) {
            throw new ModelFilesException(
                    "The random model in " + folder + " cannot be written (" + e
                            + "); choose a new folder with enough space.",
                    e);
        }
    }

    private void writeDecoder(Path target) throws IOException {
        DecoderDimensions decoder = size.dimensions().decoder();
        ModelDocuments.writeDecoderConfiguration(target, decoder, ElementType.FLOAT16);
        List<WritableTensor> tensors = new ArrayList<>();
        ExpectedTensors.decoder(decoder).forEach((key, shape) -> tensors.add(weights.decoder(key, shape, decoder)));
        List<List<WritableTensor>> shards = shards(tensors, size.shardBytes());
        if (shards.size() == 1) {
            SafetensorsWriter.write(target.resolve("model.safetensors"), tensors);
            return;
        }
        Map<String, String> weightMap = new LinkedHashMap<>();
        long total = 0;
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.write(target.resolve(name), shards.get(i));
            for (WritableTensor tensor : shards.get(i)) {
                weightMap.put(tensor.name(), name);
                total += tensor.size();
            }
        }
        ModelDocuments.writeShardIndex(target, weightMap, total);
    }

    private static List<List<WritableTensor>> shards(List<WritableTensor> tensors, long shardBytes) {
        List<List<WritableTensor>> shards = new ArrayList<>();
        long left = 0;
        for (WritableTensor tensor : tensors) {
            if (shards.isEmpty() || tensor.size() > left) {
                shards.add(new ArrayList<>());
                left = shardBytes;
            }
            shards.get(shards.size() - 1).add(tensor);
            left -= tensor.size();
        }
        return shards;
    }

    private void writeImageEncoder() throws IOException {
        VisionDimensions used = size.dimensions().vision();
        VisionDimensions inFile = new VisionDimensions(
                used.imageSize(),
                used.patchSize(),
                used.width(),
                used.heads(),
                size.blocksInFile(),
                used.mlpHidden(),
                used.layerNormEps(),
                used.lnVisionEps(),
                used.patchesPerVisualToken());
        Map<String, List<Long>> shapes = new LinkedHashMap<>(ExpectedTensors.vision(inFile));
        long positions = 1 + (long) size.gridInFile() * size.gridInFile();
        shapes.put(ExpectedTensors.POSITION_EMBEDDING, List.of(1L, positions, (long) used.width()));
        List<WritableTensor> tensors = new ArrayList<>();
        shapes.forEach((key, shape) -> tensors.add(weights.vision(key, shape, inFile)));
        TorchWriter.write(
                folder.resolve(ModelDocuments.IMAGE_ENCODER), "eva_vit_g", new TorchWriter.StateDict(tensors));
    }

    private void writeCheckpoint() throws IOException {
        Map<String, List<Long>> shapes = ExpectedTensors.checkpoint(size.dimensions());
        List<WritableTensor> tensors = new ArrayList<>();
        shapes.forEach((key, shape) -> tensors.add(weights.checkpoint(key, shape)));
        Map<String, Object> content = fields("model", new TorchWriter.StateDict(tensors));
        if (size.optimizerState()) {
            content.put("optimizer", optimizer(shapes));
        }
        content.put("epoch", 0);
        TorchWriter.write(folder.resolve(ModelDocuments.CHECKPOINT), "minigptv2_checkpoint", content);
    }

    /** AdamW's state before its first step: all zero. */
    private static Map<String, Object> optimizer(Map<String, List<Long>> shapes) {
        Map<Object, Object> state = new LinkedHashMap<>();
        for (List<Long> shape : shapes.values()) {
            state.put(
                    state.size(),
                    fields(
                            "step", RandomWeights.zeros("step", ElementType.FLOAT32, List.of()),
                            "exp_avg", RandomWeights.zeros("exp_avg", ElementType.FLOAT32, shape),
                            "exp_avg_sq", RandomWeights.zeros("exp_avg_sq", ElementType.FLOAT32, shape)));
        }
        return fields("state", state, "param_groups", List.of());
    }

    /** Keys and values in turn, in this order. */
    private static Map<String, Object> fields(Object... keysAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return fields;
    }
}
