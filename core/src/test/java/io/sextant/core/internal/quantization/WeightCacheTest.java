package io.sextant.core.internal.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.FloatFormat;
import io.sextant.core.internal.weights.StoredTensor;
import io.sextant.core.internal.weights.TensorContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightCacheTest {
    private static final int OUTPUTS = 70;
    private static final int INPUTS = 48;
    private static final long MUCH = 1L << 30;

    @TempDir
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();
    private Path kept = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void writeAWeight() throws IOException {
        kept = folder.resolve("kept");
        source = folder.resolve("source");
        ByteBuffer bytes = ByteBuffer.allocate(OUTPUTS * INPUTS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[OUTPUTS * INPUTS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(i);
        }
        FloatFormat.encode(ElementType.FLOAT32, numbers, numbers.length, bytes);
        Files.write(source, bytes.array());
    }

    @Test
    void makesWeightsOnceAndFindsThemAgain() throws IOException {
        byte[] first = read(cache(MUCH).of("int4-a", weights("w", "v"), 2));
        byte[] second = read(cache(MUCH).of("int4-a", weights("w", "v"), 2));

        assertThat(made).hasValue(2);
        assertThat(second).isEqualTo(first);
        byte[] rounded =
                new QuantizedWeight("w", rows(), new Int8Rounding()).bytes().array();
        assertThat(first).isEqualTo(rounded);
    }

    /** The first byte of the data, one in the middle, and the checksum itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 3})
    void makesADamagedFileAnew(int fromTheEnd) throws IOException {
        byte[] first = read(cache(MUCH).of("k", weights("w"), 1));
        Path file = only();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, channel.size() - fromTheEnd);
            channel.write(one.put(0, (byte) (one.get(0) ^ 1)).rewind(), channel.size() - fromTheEnd);
        }

        byte[] again = read(cache(MUCH).of("k", weights("w"), 1));

        assertThat(made).hasValue(2);
        assertThat(again).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 900})
    void makesACutFileAnew(int bytes) throws IOException {
        byte[] first = read(cache(MUCH).of("k", weights("w"), 1));
        try (FileChannel channel = FileChannel.open(only(), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }

        assertThat(read(cache(MUCH).of("k", weights("w"), 1))).isEqualTo(first);
        assertThat(made).hasValue(2);
    }

    @Test
    void makesAFileOfOtherWeightsAnew() throws IOException {
        cache(MUCH).of("k", weights("w", "x"), 1);

        assertThat(read(cache(MUCH).of("k", weights("w"), 1))).isNotEmpty();
        assertThat(made).hasValue(3);
    }

    @Test
    void keepsNothingWhereNothingCanBeWritten() throws IOException {
        Files.writeString(kept, "a file where the folder should be");

        assertThat(cache(MUCH).of("k", weights("w"), 1)).isEmpty();
        assertThat(made).hasValue(0);
    }

    @Test
    void findsWeightsWhereNothingCanBeWrittenAnyMore() {
        byte[] first = read(cache(MUCH).of("k", weights("w"), 1));
        WeightCache readOnly = new WeightCache(kept, MUCH, file -> {
            throw new FileSystemException(file.toString(), null, "Read-only file system");
        });

        assertThat(read(readOnly.of("k", weights("w"), 1))).isEqualTo(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void keepsNothingThatIsMoreThanItMayKeep() throws IOException {
        assertThat(cache(100).of("k", weights("w"), 1)).isEmpty();
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void leavesNothingOfAFileThatFailed() throws IOException {
        List<TensorContent> failing = List.of(counted("w"), new Failing());

        assertThat(cache(MUCH).of("k", failing, 1)).isEmpty();
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void tellsOfAWeightThatCannotBeRead() throws IOException {
        List<TensorContent> weights = weights("w");
        Files.delete(source);

        assertThatThrownBy(() -> cache(MUCH).of("k", weights, 1))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("source");
    }

    @Test
    void letsTheLongestUnusedGo() throws IOException {
        long two = 2 * (counted("w").size() + 1000);
        cache(two).of("a", weights("w"), 1);
        cache(two).of("b", weights("w"), 1);
        Files.setLastModifiedTime(kept.resolve("b.safetensors"), FileTime.fromMillis(1));
        cache(two).of("c", weights("w"), 1);

        assertThat(kept.resolve("a.safetensors")).exists();
        assertThat(kept.resolve("b.safetensors")).doesNotExist();
        assertThat(kept.resolve("c.safetensors")).exists();
    }

    @Test
    void usesNothingThatTheDiskDoesNotGiveBackAsItWasWritten() {
        assertThat(cache(MUCH).of("k", List.of(new Lost(counted("w"))), 1)).isEmpty();
    }

    @Test
    void usesNothingThatAnotherPutInTheFilesPlaceWhileItWasWritten() throws IOException {
        assertThat(cache(MUCH).of("k", List.of(new Replaced(counted("w"), kept)), 1))
                .isEmpty();
        assertThat(kept.resolve("k.safetensors")).doesNotExist();
    }

    @Test
    void isFilledByTwoAtOnce() {
        List<CompletableFuture<byte[]>> both = IntStream.range(0, 2)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> read(cache(MUCH).of("k", weights("w", "v", "u"), 2))))
                .toList();

        assertThat(both.get(0).join()).isEqualTo(both.get(1).join());
    }

    private WeightCache cache(long limit) {
        return new WeightCache(kept, limit);
    }

    private List<TensorContent> weights(String... names) {
        return Stream.of(names).map(this::counted).toList();
    }

    private WeightRows rows() {
        return new WeightRows(
                new StoredTensor(
                        "w", ElementType.FLOAT32, new long[] {OUTPUTS, INPUTS}, new long[] {INPUTS, 1}, source, 0),
                Optional.empty());
    }

    private TensorContent counted(String name) {
        QuantizedWeight weight = new QuantizedWeight(name, rows(), new Int8Rounding());
        return new Counted(weight, made);
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    /** The bytes of the weight w. */
    private static byte[] read(Optional<Map<String, StoredTensor>> weights) {
        StoredTensor tensor = Objects.requireNonNull(weights.orElseThrow().get("w"));
        try (FileChannel channel = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) tensor.byteCount());
            channel.read(bytes, tensor.byteOffset());
            return bytes.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface OtherwiseWritten extends TensorContent {
        TensorContent content();

        @Override
        default String name() {
            return content().name();
        }

        @Override
        default ElementType type() {
            return content().type();
        }

        @Override
        default List<Long> shape() {
            return content().shape();
        }

        @Override
        default long size() {
            return content().size();
        }
    }

    private record Counted(TensorContent content, AtomicInteger made) implements OtherwiseWritten {
        @Override
        public long writeTo(FileChannel channel, long position) throws IOException {
            made.incrementAndGet();
            return content.writeTo(channel, position);
        }
    }

    /** As a disk that takes bytes and does not keep them. */
    private record Lost(TensorContent content) implements OtherwiseWritten {
        @Override
        public long writeTo(FileChannel channel, long position) {
            return 0;
        }
    }

    /** As another that deletes the file being written and begins one of the same name. */
    private record Replaced(TensorContent content, Path folder) implements OtherwiseWritten {
        @Override
        public long writeTo(FileChannel channel, long position) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                Path written = files.findFirst().orElseThrow();
                byte[] begun = Files.readAllBytes(written);
                Files.delete(written);
                Files.write(written, begun);
            }
            return content.writeTo(channel, position);
        }
    }

    /** As a disk that is full. */
    private record Failing() implements TensorContent {
        @Override
        public String name() {
            return "failing";
        }

        @Override
        public ElementType type() {
            return ElementType.UINT8;
        }

        @Override
        public List<Long> shape() {
            return List.of(64L);
        }

        @Override
        public long size() {
            return 64;
        }

        @Override
        public long writeTo(FileChannel channel, long position) throws IOException {
            throw new IOException("No space left on device");
        }
    }
}
