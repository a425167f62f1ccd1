package io.sextant.core.internal.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes 8-bit RGB images as PNG. Each row stores the differences from the row above, which suits photographs. */
public final class PngWriter {
    private static final byte RGB_COLOUR_TYPE = 2;
    private static final byte UP_FILTER = 2;

    private PngWriter() {}

    /**
     * Encodes an image.
     *
     * @param width at least 1
     * @param height at least 1
     * @param rgb width x height x 3 bytes, row by row
     */
    public static byte[] write(int width, int height, byte[] rgb) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(rgb.length / 2 + 1024);
        out.writeBytes(PngCodec.SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 8)
                .put(RGB_COLOUR_TYPE)
                .array();
        chunk(out, "IHDR", header, header.length);
        Deflater deflater = new Deflater(4);
        try {
            byte[] packed = new byte[1 << 16];
            byte[] line = new byte[1 + 3 * width];
            line[0] = UP_FILTER;
            for (int y = 0; y < height; y++) {
                for (int i = 0; i < 3 * width; i++) {
                    int above = y == 0 ? 0 : rgb[(y - 1) * 3 * width + i];
                    line[1 + i] = (byte) (rgb[y * 3 * width + i] - above);
                }
                deflater.setInput(line);
                drain(deflater, packed, out);
            }
            deflater.finish();
            drain(deflater, packed, out);
        } finally {
            deflater.end();
        }
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static void drain(Deflater deflater, byte[] packed, ByteArrayOutputStream out) {
        int length = deflater.deflate(packed);
        while (length > 0) {
            chunk(out, "IDAT", packed, length);
            length = deflater.deflate(packed);
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
        out.writeBytes(name);
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
