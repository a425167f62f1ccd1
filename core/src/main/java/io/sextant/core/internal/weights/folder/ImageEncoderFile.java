package io.sextant.core.internal.weights.folder;

import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.torch.TorchFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The image encoder's file: a flat table by the keys of {@code eva_vit_g.pth}. Surplus tensors are set aside. */
public final class ImageEncoderFile {
    private ImageEncoderFile() {}

    /**
     * Compares the file's keys and shapes with the model's.
     *
     * @param sizesFrom where the sizes come from, for messages
     * @throws io.sextant.core.error.ModelFilesException if the file cannot be read at all
     */
    public static WeightPart inspect(Path path, VisionDimensions vision, String sizesFrom) {
        TorchFile file = TorchFile.open(path);
        Map<String, StoredTensor> tensors = file.tensors();
        Map<String, List<Long>> expected = new LinkedHashMap<>(ExpectedTensors.vision(vision));
        WeightPart part = new WeightPart(path, sizesFrom, List.of(file), tensors);
        StoredTensor positions = tensors.get(ExpectedTensors.POSITION_EMBEDDING);
        if (positions != null && hasRows(positions.shape(), vision.width())) {
            long rows = positions.shape()[1];
            expected.put(ExpectedTensors.POSITION_EMBEDDING, List.of(1L, rows, (long) vision.width()));
            long side = Math.round(Math.sqrt((double) (rows - 1)));
            if (side < 1 || side * side != rows - 1) {
                part.problem(
                        path + ": " + ExpectedTensors.POSITION_EMBEDDING + " has " + rows
                                + " rows, which is not 1 + the square of a grid's side; the file is no EVA image encoder, or damaged.");
            }
        }
        return part.require(expected).ignore(key -> true);
    }

    /** (1, rows, width): the model interpolates any square grid to its own. */
    private static boolean hasRows(long[] shape, long width) {
        return shape.length == 3 && shape[0] == 1 && shape[1] >= 1 && shape[2] == width;
    }
}
