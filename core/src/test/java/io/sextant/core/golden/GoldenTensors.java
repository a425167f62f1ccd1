package io.sextant.core.golden;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;

/** A small safetensors reader that shares no code with the product's, so that one cannot hide the other's faults. */
public final class GoldenTensors {
    private final Map<String, Tensor> tensors;

    private GoldenTensors(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    static GoldenTensors read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = Math.toIntExact(bytes.getLong(0));
            String header = new String(bytes.array(), 8, headerLength, StandardCharsets.UTF_8);
            Map<String, Tensor> tensors = new TreeMap<>();
            for (Map.Entry<String, JsonElement> entry :
                    JsonParser.parseString(header).getAsJsonObject().entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), tensor(entry.getValue().getAsJsonObject(), bytes, 8 + headerLength));
                }
            }
            return new GoldenTensors(tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all tensors. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** A tensor by name. */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException("no golden tensor " + name);
        }
        return tensor;
    }

    private static Tensor tensor(JsonObject entry, ByteBuffer bytes, int dataStart) {
        JsonArray offsets = entry.getAsJsonArray("data_offsets");
        int start = dataStart + offsets.get(0).getAsInt();
        int length = offsets.get(1).getAsInt() - offsets.get(0).getAsInt();
        long[] shape = new long[entry.getAsJsonArray("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.getAsJsonArray("shape").get(i).getAsLong();
        }
        String dtype = entry.get("dtype").getAsString();
        int width = switch (dtype) {
            case "U8" -> 1;
            case "F16" -> 2;
            default -> 4;
        };
        float[] values = new float[length / width];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (dtype) {
                case "F32" -> bytes.getFloat(start + 4 * i);
                case "I32" -> bytes.getInt(start + 4 * i);
                case "F16" -> half(bytes.getShort(start + 2 * i));
                case "U8" -> bytes.get(start + i) & 0xFF;
                default -> throw new IllegalArgumentException("golden dtype " + dtype);
            };
        }
        return new Tensor(shape, values);
    }

    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : exponent == 0x1F
                        ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                        : Math.scalb((float) (fraction | 0x400), exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    /**
     * @param shape sizes, outermost first
     * @param values row by row; whole numbers below 2^24 are exact
     */
    @SuppressWarnings("ArrayRecordComponent") // test data, never compared as a record
    public record Tensor(long[] shape, float[] values) {
        /** The values as whole numbers. */
        public int[] ints() {
            int[] ints = new int[values.length];
            for (int i = 0; i < ints.length; i++) {
                ints[i] = (int) values[i];
            }
            return ints;
        }
    }
}
