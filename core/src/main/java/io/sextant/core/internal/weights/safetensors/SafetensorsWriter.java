package io.sextant.core.internal.weights.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sextant.core.internal.weights.RecordContent;
import io.sextant.core.internal.weights.WritableTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    public static void write(Path file, List<WritableTensor> tensors) throws IOException {
        JsonObject header = new JsonObject();
        JsonObject metadata = new JsonObject();
        metadata.addProperty("format", "pt");
        header.add("__metadata__", metadata);
        long end = 0;
        for (WritableTensor tensor : tensors) {
            header.add(tensor.name(), entry(tensor, end));
            end += tensor.size();
        }
        byte[] text = padded(header.toString());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE)) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            RecordContent.writeFully(channel, 0, length.putLong(0, text.length));
            RecordContent.writeFully(channel, 8, ByteBuffer.wrap(text));
            long position = 8L + text.length;
            RecordContent.writeFully(channel, position + end - (end > 0 ? 1 : 0), ByteBuffer.allocate(end > 0 ? 1 : 0));
            for (WritableTensor tensor : tensors) {
                tensor.writeTo(channel, position);
                position += tensor.size();
            }
        }
    }

    private static JsonObject entry(WritableTensor tensor, long start) {
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
