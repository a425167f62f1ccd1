package io.sextant.core.internal.weights;

import io.sextant.core.golden.GoldenSet;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The golden set's model as a description: its {@code model.json} has the fields of {@code sextant.json}. */
public final class GoldenModel {
    private GoldenModel() {}

    /** The description. */
    public static ModelDescription description(GoldenSet golden) {
        return ModelDescription.read(golden.path("model.json"));
    }

    /** The description with other files. */
    static ModelDescription with(ModelDescription description, Path imageEncoder, Path checkpoint) {
        return new ModelDescription(
                description.name(),
                description.sizesFrom(),
                description.vision(),
                description.lora(),
                description.vocabulary(),
                description.decoderFolder(),
                imageEncoder,
                checkpoint);
    }

    /** The model, all checks passed. */
    public static ModelFolder open(GoldenSet golden) {
        return ModelFolder.open(description(golden), ReadProgress.NONE);
    }

    /** A tensor that must be there. */
    public static StoredTensor tensor(Map<String, StoredTensor> tensors, String key) {
        return Objects.requireNonNull(tensors.get(key), key);
    }
}
