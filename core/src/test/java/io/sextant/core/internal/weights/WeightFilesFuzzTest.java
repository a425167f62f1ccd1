package io.sextant.core.internal.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.sextant.core.dimension.DecoderDimensions;
import io.sextant.core.dimension.LoraDimensions;
import io.sextant.core.dimension.ModelDimensions;
import io.sextant.core.dimension.VisionDimensions;
import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.folder.CheckpointFile;
import io.sextant.core.internal.weights.folder.DecoderFolder;
import io.sextant.core.internal.weights.folder.ImageEncoderFile;
import io.sextant.core.internal.weights.folder.LlamaConfig;
import io.sextant.core.internal.weights.folder.ModelDescription;
import io.sextant.core.internal.weights.safetensors.SafetensorsFile;
import io.sextant.core.model.RandomModel;
import io.sextant.core.model.RandomModelSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages good files in random ways; opening them either works or fails with a {@link ModelFilesException} that names the
 * file. A bounded number of cases in the build; {@code -Dsextant.fuzz.minutes=60} goes on for that long.
 */
class WeightFilesFuzzTest {
    private static final int CASES = 500;
    private static final long SEED = 20_260_719;
    private static final String[] HEADER_PARTS = {
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "-",
        "9223372036854775807",
        "18446744073709551616",
        "1e308",
        "null",
        "\\u0000",
        "F64",
        "BOOL",
        "__metadata__",
        "shape",
        "0"
    };

    @TempDir
    Path folder;

    private ModelDimensions dimensions = RandomModelSize.tiny().dimensions();

    @BeforeEach
    void writeModel() {
        dimensions = new ModelDimensions(
                new VisionDimensions(28, 14, 4, 2, 1, 4, 1e-6, 1e-5, 4),
                new DecoderDimensions(8, 1, 2, 1, 8, RandomModelSize.smallestVocabulary(), 64, 1e-5, 10000),
                new LoraDimensions(2, 1));
        RandomModel.write(folder, new RandomModelSize(dimensions, 1, 2, 5_000, true), SEED);
    }

    @Test
    void checkpointsFailOnlyWithTypedErrors() throws IOException {
        fuzz(
                "minigptv2_checkpoint.pth",
                WeightFilesFuzzTest::damageTorch,
                path -> CheckpointFile.inspect(path, dimensions, "the test")
                        .orThrow()
                        .check(ReadProgress.NONE));
    }

    @Test
    void imageEncodersFailOnlyWithTypedErrors() throws IOException {
        fuzz(
                "eva_vit_g.pth",
                WeightFilesFuzzTest::damageTorch,
                path -> ImageEncoderFile.inspect(path, dimensions.vision(), "the test")
                        .orThrow()
                        .check(ReadProgress.NONE));
    }

    @Test
    void safetensorsFailOnlyWithTypedErrors() throws IOException {
        fuzz("llama/model-00002-of-00003.safetensors", WeightFilesFuzzTest::damageSafetensors, path -> {
            SafetensorsFile file = SafetensorsFile.open(path);
            file.check(file.tensors().values(), ReadProgress.NONE);
            file.tensors().values().stream()
                    .filter(tensor -> tensor.type().isFloat())
                    .forEach(StoredTensor::readFloats);
        });
    }

    @Test
    void descriptionsFailOnlyWithTypedErrors() throws IOException {
        fuzz("sextant.json", WeightFilesFuzzTest::damageText, ModelDescription::read);
        fuzz("llama/config.json", WeightFilesFuzzTest::damageText, LlamaConfig::read);
    }

    @Test
    void indexesFailOnlyWithTypedErrors() throws IOException {
        fuzz("llama/model.safetensors.index.json", WeightFilesFuzzTest::damageText, path -> {
            Files.move(path, folder.resolve("llama/model.safetensors.index.json"), StandardCopyOption.REPLACE_EXISTING);
            DecoderFolder.open(folder.resolve("llama")).inspect().orThrow();
        });
    }

    private interface Damage {
        byte[] apply(byte[] good, Random random);
    }

    private interface Opening {
        void open(Path file) throws IOException;
    }

    private void fuzz(String name, Damage damage, Opening opening) throws IOException {
        byte[] good = Files.readAllBytes(folder.resolve(name));
        Path damaged = folder.resolve("damaged-file");
        long budget =
                Duration.ofMinutes(Long.getLong("sextant.fuzz.minutes", 0)).toNanos() / 5;
        long start = System.nanoTime();
        int refused = 0;
        int cases = 0;
        for (; cases < CASES || System.nanoTime() - start < budget; cases++) {
            Random random = new Random(SEED + cases);
            byte[] bytes = damage.apply(good, random);
            Files.write(damaged, bytes);
            try {
                opening.open(damaged);
            } catch (ModelFilesException e) {
                refused++;
                assertThat(e.getMessage()).as(name + ", case " + cases).isNotBlank();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(name + ", case " + cases + " of seed " + SEED + ": " + e, e);
            }
        }
        System.out.printf("fuzz %s: %d cases, %d refused%n", name, cases, refused);
        assertThat(refused).as("damage that was noticed").isGreaterThan(cases / 4);
    }

    private static byte[] damageText(byte[] good, Random random) {
        byte[] bytes = good;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = random.nextBoolean()
                    ? splice(bytes, random, 0, bytes.length)
                    : flip(bytes, random, 0, bytes.length);
        }
        return bytes;
    }

    /** Damages the header's text, and mends its length so that the JSON reader sees the damage. */
    private static byte[] damageSafetensors(byte[] good, Random random) {
        if (random.nextInt(4) == 0) {
            return raw(good, random);
        }
        ByteBuffer buffer = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = (int) buffer.getLong(0);
        int headerEnd = 8 + headerLength;
        byte[] bytes = random.nextBoolean() ? splice(good, random, 8, headerEnd) : flip(good, random, 8, headerEnd);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, headerLength + bytes.length - good.length);
        return bytes;
    }

    /** Damages the pickle, and mends its checksum so that the pickle reader sees the damage; or the zip's structure. */
    private static byte[] damageTorch(byte[] good, Random random) {
        int kind = random.nextInt(4);
        int directory = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(good.length - 6);
        if (kind == 0) {
            return raw(good, random);
        }
        if (kind == 1) {
            return flip(good, random, directory, good.length);
        }
        int pickleStart = 64;
        while (good[pickleStart] != (byte) 0x80 || good[pickleStart + 1] != 2) {
            pickleStart++;
        }
        int pickleLength = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(directory + 24);
        byte[] bytes = good.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            bytes = flip(bytes, random, pickleStart, pickleStart + pickleLength);
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, pickleStart, pickleLength);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 16, (int) checksum.getValue());
        return bytes;
    }

    private static byte[] raw(byte[] good, Random random) {
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(good, random.nextInt(good.length));
        }
        return flip(good, random, 0, good.length);
    }

    private static byte[] flip(byte[] good, Random random, int from, int to) {
        byte[] bytes = good.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = from + random.nextInt(to - from);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (bytes[at] ^ 1 << random.nextInt(8));
        }
        return bytes;
    }

    /** Puts a piece of syntax somewhere, over some of what is there. */
    private static byte[] splice(byte[] good, Random random, int from, int to) {
        byte[] part = HEADER_PARTS[random.nextInt(HEADER_PARTS.length)]
                .repeat(random.nextInt(20) == 0 ? 2000 : 1)
                .getBytes(StandardCharsets.US_ASCII);
        int at = from + random.nextInt(to - from);
        int removed = Math.min(random.nextInt(8), to - at);
        ByteBuffer spliced = ByteBuffer.allocate(good.length - removed + part.length);
        spliced.put(good, 0, at).put(part).put(good, at + removed, good.length - at - removed);
        return spliced.array();
    }
}
