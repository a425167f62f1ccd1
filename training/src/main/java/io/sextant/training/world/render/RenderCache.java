package io.sextant.training.world.render;

import io.sextant.core.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Decoded renders in one file: names, pixels, and a checksum, so that a damaged file is made anew rather than used. */
final class RenderCache {
    private static final int MAGIC = 0x53585231;

    private final Path file;

    RenderCache(Path file) {
        this.file = file;
    }

    /** The pixels of the named renders; empty if the file is missing, damaged or of other names. */
    Optional<List<int[]>> read(List<String> names) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(
                new InflaterInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16)))) {
            if (in.readInt() != MAGIC || in.readInt() != names.size()) {
                return Optional.empty();
            }
            CRC32 checksum = new CRC32();
            List<int[]> renders = new ArrayList<>();
            for (String name : names) {
                if (!in.readUTF().equals(name)) {
                    return Optional.empty();
                }
                byte[] bytes = in.readNBytes(Integer.BYTES * Render.SIDE * Render.SIDE);
                checksum.update(bytes);
                int[] pixels = new int[Render.SIDE * Render.SIDE];
                ByteBuffer.wrap(bytes).asIntBuffer().get(pixels);
                renders.add(pixels);
            }
            return in.readLong() == checksum.getValue() ? Optional.of(renders) : Optional.empty();
        } catch (IOException | RuntimeException damaged) {
            return Optional.empty();
        }
    }

    void write(List<String> names, List<int[]> renders) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            try (AtomicFile fresh = AtomicFile.open(file)) {
                DeflaterOutputStream deflater = new DeflaterOutputStream(fresh.out());
                DataOutputStream out = new DataOutputStream(deflater);
                out.writeInt(MAGIC);
                out.writeInt(names.size());
                CRC32 checksum = new CRC32();
                for (int i = 0; i < names.size(); i++) {
                    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * renders.get(i).length);
                    bytes.asIntBuffer().put(renders.get(i));
                    checksum.update(bytes.array());
                    out.writeUTF(names.get(i));
                    out.write(bytes.array());
                }
                out.writeLong(checksum.getValue());
                deflater.finish();
                fresh.commit();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the decoded renders to " + file, e);
        }
    }
}
