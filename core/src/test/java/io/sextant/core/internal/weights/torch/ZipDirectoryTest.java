package io.sextant.core.internal.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sextant.core.error.ModelFilesException;
import io.sextant.core.internal.weights.ElementType;
import io.sextant.core.internal.weights.RecordContent;
import io.sextant.core.internal.weights.WritableTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDirectoryTest {
    private static final long FIVE_GIB = 5L << 30;

    @TempDir
    Path folder;

    @Test
    void findsTheBytesOfEntriesThatJavaStored() throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setComment("a comment, PK\5\6 included");
            store(zip, "r/one", "first".getBytes(StandardCharsets.UTF_8));
            store(zip, "r/zwei-ü", new byte[0]);
        }

        Map<String, ZipRecord> records = read(file);

        assertThat(records.keySet()).containsExactly("r/one", "r/zwei-ü");
        ZipRecord one = Objects.requireNonNull(records.get("r/one"));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(new String(bytes, (int) one.dataOffset(), (int) one.size(), StandardCharsets.UTF_8))
                .isEqualTo("first");
    }

    @Test
    void readsSizesAndOffsetsOfMoreThan32Bits() throws IOException {
        Path file = folder.resolve("big.zip");
        try (ZipWriter zip = new ZipWriter(file)) {
            zip.add("r/hole", new WritableTensor("hole", ElementType.FLOAT32, List.of(FIVE_GIB / 4), Optional.empty()));
            zip.add("r/after", RecordContent.of(new byte[] {1, 2, 3}));
            zip.finish();
        }

        Map<String, ZipRecord> records = read(file);

        ZipRecord hole = Objects.requireNonNull(records.get("r/hole"));
        assertThat(hole.size()).isEqualTo(FIVE_GIB);
        ZipRecord after = Objects.requireNonNull(records.get("r/after"));
        assertThat(after.headerOffset()).isEqualTo(hole.end());
        assertThat(after.dataOffset() % 64).isZero();
        try (ZipFile javaReader = new ZipFile(file.toFile())) {
            ZipEntry entry = javaReader.getEntry("r/after");
            assertThat(javaReader.getInputStream(entry).readAllBytes()).containsExactly(1, 2, 3);
            assertThat(javaReader.getEntry("r/hole").getSize()).isEqualTo(FIVE_GIB);
            assertThat(javaReader.getEntry("r/hole").getCrc()).isEqualTo(hole.crc32());
        }
    }

    @Test
    void refusesEntriesThatShareTheirBytes() throws IOException {
        Path file = folder.resolve("overlap.zip");
        try (ZipWriter zip = new ZipWriter(file)) {
            zip.add("r/a", RecordContent.of(new byte[100]));
            zip.add("r/b", RecordContent.of(new byte[100]));
            zip.finish();
        }
        byte[] bytes = Files.readAllBytes(file);
        // The first directory entry begins where the data ends; its sizes are 20 and 24 bytes further on.
        int entry = 128 + 64 + 36 + 100;
        while (!(bytes[entry] == 'P' && bytes[entry + 2] == 1)) {
            entry++;
        }
        bytes[entry + 20] = bytes[entry + 24] = (byte) 180;
        Files.write(file, bytes);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ModelFilesException.class)
                .hasMessageContaining("r/a")
                .hasMessageContaining("overlap");
    }

    @Test
    void refusesAnArchiveCutAnywhere() throws IOException {
        Path file = folder.resolve("a.zip");
        try (ZipWriter zip = new ZipWriter(file)) {
            zip.add("r/a", RecordContent.of(new byte[10]));
            zip.finish();
        }
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.zip");
        for (int length = 0; length < whole.length; length++) {
            try (OutputStream out = Files.newOutputStream(cut)) {
                out.write(whole, 0, length);
            }
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(ModelFilesException.class)
                    .hasMessageContaining("cut.zip");
        }
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private static Map<String, ZipRecord> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return ZipDirectory.read(channel, file);
        }
    }
}
