package io.sextant.core.internal.vision;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenFolder;
import io.sextant.core.golden.GoldenImages;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.internal.device.ComputeDevice;
import io.sextant.core.internal.device.DeviceProgram;
import io.sextant.core.internal.device.DeviceTensor;
import io.sextant.core.internal.quantization.WeightKind;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.folder.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisionGoldenTest {
    private static final double POSITIONS = 1e-6;
    private static final double ACTIVATIONS = 1e-4;

    /** Cosine of visual tokens from whole numbers of 8 bits and from float32. */
    private static final double ALIKE = 0.999;

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

    /** The patterns of the visual tokens' numbers, compared with those that the reference computed in float32. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, INT8", "BFLOAT16, INT8", "BFLOAT16, INT4"})
    void staysCloseToTheReferenceInWholeNumbers(ElementType precision, WeightKind kind) {
        GoldenSet set = GoldenSet.open();
        GoldenTensors golden = set.tensors("golden/vision.safetensors");
        GoldenTensors pixels = set.tensors("golden/preprocess.safetensors");
        ModelFolder folder = ModelFolder.open(GoldenFolder.create(set, directory, Map.of()));
        List<String> images = GoldenImages.names(set).stream()
                .filter(image -> golden.names().contains(image + ".visual_tokens"))
                .toList();
        assertThat(images).isNotEmpty();
        try (ImageEncoder encoder =
                ImageEncoder.load(folder, ComputeDevice.CPU, precision, kind, 0, Optional.empty(), step -> {})) {
            for (String image : images) {
                try (DeviceTensor visual =
                        encoder.encode(pixels.get(image + ".pixel_values").values())) {
                    assertThat(cosine(
                                    encoder.program().floats(visual),
                                    golden.get(image + ".visual_tokens").values()))
                            .as(image)
                            .isBetween(ALIKE, 0.999_999);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "blocks.12.attn.qkv.weight, 5947392, INT4, INT8",
        "blocks.0.mlp.fc2.weight, 8650752, INT8, INT8",
        "blocks.0.mlp.fc2.weight, 8650752, AS_IS, AS_IS",
        "blocks.0.mlp.fc2.weight, 147456, INT8, AS_IS",
        "patch_embed.proj.weight, 827904, INT8, AS_IS",
        "blocks.0.norm1.weight, 1000000, INT8, AS_IS",
    })
    void keepsLargeProductsOfTheBlocksInEightBits(String key, long numbers, WeightKind kind, WeightKind expected) {
        assertThat(ImageEncoder.kindOf(key, numbers, kind)).isEqualTo(expected);
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double lengths = 0;
        double others = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            lengths += (double) a[i] * a[i];
            others += (double) b[i] * b[i];
        }
        return product / Math.sqrt(lengths * others);
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
