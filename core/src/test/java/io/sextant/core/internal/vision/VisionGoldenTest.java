package io.sextant.core.internal.vision;

import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenImages;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisionGoldenTest {
    private static final double POSITIONS = 1e-6;
    private static final double ACTIVATIONS = 1e-4;

    @TempDir
    private Path directory;

    @Test
    void agreesWithTheReferenceAfterEveryStep() {
        compare("golden/vision.safetensors", Map.of());
    }

    @Test
    void usesLnVisionOfACheckpointThatBringsIt() {
        compare(
                "golden/vision_with_ln_vision.safetensors",
                Map.of("checkpoint", "variants/checkpoint_with_ln_vision.pth"));
    }

    private void compare(String file, Map<String, String> replaced) {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors(file);
        GoldenTensors pixels = set.tensors("golden/preprocess.safetensors");
        Coverage coverage = new Coverage(file, golden.names());
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory, replaced));
        try (ImageEncoder encoder = ImageEncoder.load(folder, set.device(), ElementType.FLOAT32)) {
            if (golden.names().contains("pos_embed.file")) {
                comparePositions(folder, encoder.program(), golden, coverage);
            }
            List<String> images = GoldenImages.names(set).stream()
                    .filter(image -> golden.names().stream().anyMatch(name -> name.startsWith(image + ".")))
                    .toList();
            for (String image : images) {
                encoder.program().execute("set_probing", true);
                encoder.encode(pixels.get(image + ".pixel_values").values()).close();
                for (String probe : encoder.program().names("probe_names")) {
                    String name = image + "." + probe;
                    if (golden.names().contains(name)) {
                        coverage.compare(
                                name,
                                read(encoder.program(), "probed", probe),
                                golden.get(name).values(),
                                ACTIVATIONS);
                    }
                }
            }
        }
        coverage.assertComplete();
    }

    private static void comparePositions(
            ModelFolder folder, DeviceProgram program, GoldenTensors golden, Coverage coverage) {
        coverage.compare(
                "pos_embed.file",
                Objects.requireNonNull(folder.vision().get("pos_embed")).readFloats(),
                golden.get("pos_embed.file").values(),
                0);
        coverage.compare(
                "pos_embed.interpolated",
                read(program, "weight", "pos_embed"),
                golden.get("pos_embed.interpolated").values(),
                POSITIONS);
    }

    private static float[] read(DeviceProgram program, String method, String name) {
        try (DeviceTensor tensor = program.call(method, name)) {
            return program.floats(tensor);
        }
    }
}
