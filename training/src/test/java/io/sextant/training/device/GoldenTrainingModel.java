package io.sextant.training.device;

import com.google.gson.JsonArray;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenImages;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.token.LlamaTokenizer;
import io.sextant.core.internal.vision.ImagePreprocessor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.Arrays;

/** The set's model, with projection and adapter trainable as in the reference. */
final class GoldenTrainingModel implements AutoCloseable {
    final TrainableModel model;
    final LlamaTokenizer tokenizer;
    final int visualTokens;

    private final GoldenSet set;

    GoldenTrainingModel(GoldenSet set, Path directory) {
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory));
        this.set = set;
        this.tokenizer = LlamaTokenizer.open(folder.tokenizerFolder());
        this.visualTokens = folder.dimensions().vision().visualTokens();
        this.model = TrainableModel.create(folder.dimensions(), ElementType.FLOAT32, ComputeDevice.CPU);
        ModelTensors tensors = ModelTensors.read(folder, model);
        model.freeze(tensors.encoder());
        model.freeze(tensors.decoder());
        model.train(tensors.projection());
        model.train(tensors.adapter());
    }

    /** Pixel values of images by name, one behind the other. */
    Images images(JsonArray names) {
        int side = model.dimensions().vision().imageSize();
        float[] all = new float[3 * side * side * names.size()];
        for (int i = 0; i < names.size(); i++) {
            float[] one = new ImagePreprocessor()
                    .pixelValues(GoldenImages.decoded(set, names.get(i).getAsString()), side);
            System.arraycopy(one, 0, all, i * one.length, one.length);
        }
        return Images.ofValues(all);
    }

    /** A parameter's name by its key in the checkpoint. */
    static String parameter(String key) {
        return key.startsWith(ModelTensors.ADAPTER_PREFIX) ? key.substring(ModelTensors.ADAPTER_PREFIX.length()) : key;
    }

    static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public void close() {
        model.close();
    }
}
