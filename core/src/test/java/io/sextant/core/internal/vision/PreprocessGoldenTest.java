package io.sextant.core.internal.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sextant.core.golden.Coverage;
import io.sextant.core.golden.GoldenSet;
import io.sextant.core.golden.GoldenTensors;
import io.sextant.core.image.ImageDecoder;
import io.sextant.core.image.ImageLimits;
import io.sextant.core.image.OrientationPolicy;
import io.sextant.core.image.RgbImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decoding, resizing and normalising against Pillow's and torchvision's results. */
class PreprocessGoldenTest {
    private static final int REAL_SIDE = 448;

    /** MANIFEST.md: pixel values. */
    private static final double PIXEL_TOLERANCE = 1e-6;

    /** MANIFEST.md: decoded RGB of a JPEG by another decoder, in levels. */
    private static final double JPEG_TOLERANCE = 1.0;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, OrientationPolicy.REFERENCE);
    private final ImagePreprocessor preprocessor = new ImagePreprocessor();
    private GoldenSet golden;
    private List<JsonObject> images;

    @BeforeEach
    void openGoldenSet() {
        golden = GoldenSet.open();
        images = new ArrayList<>();
        for (JsonElement image : golden.json("images/images.json").getAsJsonArray("images")) {
            images.add(image.getAsJsonObject());
        }
    }

    @Test
    void decodesAsPillowDoes() throws IOException {
        Coverage coverage = new Coverage("decoded images", names());
        for (JsonObject image : images) {
            String name = text(image, "name");
            Path file = golden.path("images/" + text(image, "file"));
            RgbImage actual = decoder.decode(file);
            RgbImage expected = decoded(image);
            assertThat(actual.width()).as(name).isEqualTo(image.get("width").getAsInt());
            assertThat(actual.height()).as(name).isEqualTo(image.get("height").getAsInt());
            assertThat(actual.digest()).as(name).isEqualTo(sha256(Files.readAllBytes(file)));
            assertThat(sha256(expected.rgb())).as(name).isEqualTo(text(image, "decoded_rgb_sha256"));
            if (image.get("lossless").getAsBoolean()) {
                assertThat(sha256(actual.rgb())).as(name).isEqualTo(text(image, "decoded_rgb_sha256"));
            } else {
                double difference = meanDifference(actual.rgb(), expected.rgb());
                System.out.printf("golden decoded %s: mean difference %.4f levels%n", name, difference);
                assertThat(difference).as(name).isLessThan(JPEG_TOLERANCE);
            }
            coverage.compared(name);
        }
        coverage.assertComplete();
    }

    @Test
    void resizesByteForByte() throws IOException {
        GoldenTensors tensors = golden.tensors("golden/preprocess.safetensors");
        List<String> expected = new ArrayList<>();
        tensors.names().stream().filter(name -> name.endsWith(".resized_uint8")).forEach(expected::add);
        names().forEach(name -> expected.add(name + " at " + REAL_SIDE));
        Coverage coverage = new Coverage("resized images", expected);
        for (JsonObject image : images) {
            String name = text(image, "name");
            RgbImage source = decoded(image);
            int side = image.get("resized_size").getAsInt();
            byte[] small = PillowBicubic.resize(source.rgb(), source.width(), source.height(), side, side);
            assertThat(sha256(small)).as(name).isEqualTo(text(image, "resized_rgb_sha256"));
            coverage.compare(
                    name + ".resized_uint8",
                    levels(small),
                    tensors.get(name + ".resized_uint8").values(),
                    0);
            byte[] real = PillowBicubic.resize(source.rgb(), source.width(), source.height(), REAL_SIDE, REAL_SIDE);
            coverage.compareExactly(name + " at " + REAL_SIDE, sha256(real), text(image, "resized448_rgb_sha256"));
        }
        coverage.assertComplete();
    }

    @Test
    void resizesToTheStoredImages() throws IOException {
        List<Path> stored = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(golden.path("images/resized448"), "*.png")) {
            files.forEach(stored::add);
        }
        Coverage coverage = new Coverage(
                "stored resized images",
                stored.stream().map(PreprocessGoldenTest::stem).toList());
        for (Path file : stored) {
            RgbImage expected = decoder.decode(file);
            RgbImage source = decoded(image(stem(file)));
            byte[] actual = PillowBicubic.resize(
                    source.rgb(), source.width(), source.height(), expected.width(), expected.height());
            coverage.compareExactly(stem(file), actual, expected.rgb());
        }
        coverage.assertComplete();
    }

    @Test
    void normalisesWithinTolerance() throws IOException {
        GoldenTensors tensors = golden.tensors("golden/preprocess.safetensors");
        List<String> expected = new ArrayList<>();
        tensors.names().stream().filter(name -> name.endsWith(".pixel_values")).forEach(expected::add);
        names().forEach(name -> expected.add(name + " at " + REAL_SIDE));
        Coverage coverage = new Coverage("pixel values", expected);
        for (JsonObject image : images) {
            String name = text(image, "name");
            RgbImage source = decoded(image);
            GoldenTensors.Tensor tensor = tensors.get(name + ".pixel_values");
            int side = (int) tensor.shape()[1];
            coverage.compare(
                    name + ".pixel_values", preprocessor.pixelValues(source, side), tensor.values(), PIXEL_TOLERANCE);
            float[] real = preprocessor.pixelValues(source, REAL_SIDE);
            double sum = 0;
            for (float value : real) {
                sum += value;
            }
            // Each of the values may be off by the tolerance.
            assertThat(sum)
                    .as(name)
                    .isCloseTo(image.get("pixel_values448_sum").getAsDouble(), within(PIXEL_TOLERANCE * real.length));
            for (int channel = 0; channel < 3; channel++) {
                double corner = image.getAsJsonArray("pixel_values448_corner")
                        .get(channel)
                        .getAsDouble();
                assertThat((double) real[channel * REAL_SIDE * REAL_SIDE])
                        .as(name)
                        .isCloseTo(corner, within(PIXEL_TOLERANCE));
            }
            coverage.compared(name + " at " + REAL_SIDE);
        }
        coverage.assertComplete();
    }

    private List<String> names() {
        return images.stream().map(image -> text(image, "name")).toList();
    }

    private JsonObject image(String name) {
        return images.stream()
                .filter(image -> text(image, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RgbImage decoded(JsonObject image) {
        return decoder.decode(golden.path("images/" + text(image, "decoded")));
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replaceFirst("\\.png$", "");
    }

    private static float[] levels(byte[] bytes) {
        float[] levels = new float[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            levels[i] = bytes[i] & 0xFF;
        }
        return levels;
    }

    private static double meanDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        long sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF));
        }
        return (double) sum / actual.length;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
