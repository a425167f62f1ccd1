package io.sextant.core.internal.weights.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.internal.weights.InParallel;
import io.sextant.core.internal.weights.RecordContent;
import io.sextant.core.internal.weights.TensorContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes safetensors files: equal tensors give equal bytes. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 64;

    private SafetensorsWriter() {}

    /**
     * Writes a file that does not exist yet.
     *
     * @throws IOException if it exists or cannot be written
     */
    public static void write(Path file, List<? extends TensorContent> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE)) {
            write(channel, tensors, 1);
        }
    }

    /**
     * Writes to an empty file.
     *
     * @param tensors each asked for its bytes once, those of lower number first
     * @param threads that ask and write
     * @throws IOException if it cannot be written
     */
    public static void write(FileChannel channel, List<? extends TensorContent> tensors, int threads)
            throws IOException {
        JsonObject header = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt");
        header.add("__metadata__", metadata);
        long end = 0;
        for (TensorContent tensor : tensors) {
            header.add(tensor.name(), entry(tensor, end));
            end += tensor.size();
        }
        byte[] text = padded(header.toString());
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        RecordContent.writeFully(channel, 0, length.putLong(0, text.length));
        RecordContent.writeFully(channel, 8, ByteBuffer.wrap(text));
        long position = 8L + text.length;
        RecordContent.writeFully(channel, position + end - (end > 0 ? 1 : 0), ByteBuffer.allocate(end > 0 ? 1 : 0));
        List<InParallel.Work> work = new ArrayList<>();
        for (TensorContent tensor : tensors) {
            long place = position;
            work.add(() -> tensor.writeTo(channel, place));
            position += tensor.size();
        }
        InParallel.run(work, threads);
    }

    private static JsonObject entry(TensorContent tensor, long start) {
        JsonArray shape = new JsonArray();
        tensor.shape().forEach(shape::add);
        JsonArray offsets = new JsonArray();
        offsets.add(start);
        offsets.add(start + tensor.size());
        JsonObject entry = new JsonObject();
        entry.addProperty("dtype", tensor.type().safetensorsName());
        entry.add("shape", shape);
        entry.add("data_offsets", offsets);
        return entry;
    }

    /** Blanks behind the JSON, so that the data starts at a multiple of the alignment. */
    private static byte[] padded(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int blanks = Math.floorMod(-(8 + bytes.length), ALIGNMENT);
        return (json + " ".repeat(blanks)).getBytes(StandardCharsets.UTF_8);
    }
}
