package io.sextant.connectors.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Marks drawings, so that one that lies where images are taken from is never taken for one, whatever else happened to the
 * files and objects around it.
 *
 * <p>The mark is a text chunk {@code Software: Sextant} right behind the header of the PNG file (PNG specification, 11.3.3.2);
 * viewers show it as the program that wrote the image.
 */
public final class DrawingMark {
    /** Signature (8 bytes) and IHDR chunk (length, type, 13 bytes of data, checksum). */
    private static final int AFTER_HEADER = 8 + 4 + 4 + 13 + 4;

    private static final byte[] CHUNK = chunk("tEXt", "Software\0Sextant");

    /** How many bytes from its beginning tell whether a file carries the mark. */
    public static final int BYTES = AFTER_HEADER + CHUNK.length;

    private DrawingMark() {}

    /** The PNG file with the mark in it. */
    public static byte[] mark(byte[] png) {
        if (png.length < AFTER_HEADER) {
            throw new IllegalArgumentException("A PNG file is longer than " + png.length + " bytes");
        }
        return ByteBuffer.allocate(png.length + CHUNK.length)
                .put(png, 0, AFTER_HEADER)
                .put(CHUNK)
                .put(png, AFTER_HEADER, png.length - AFTER_HEADER)
                .array();
    }

    /** Whether a file that begins so carries the mark. */
    public static boolean isMarked(byte[] start) {
        return start.length >= BYTES && Arrays.equals(start, AFTER_HEADER, BYTES, CHUNK, 0, CHUNK.length);
    }

    /** Whether a file carries the mark; one that cannot be read does not. */
    public static boolean isMarked(Path file) {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return isMarked(in.readNBytes(BYTES));
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] chunk(String type, String text) {
        byte[] typeAndData = (type + text).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(typeAndData);
        return ByteBuffer.allocate(4 + typeAndData.length + 4)
                .putInt(typeAndData.length - 4)
                .put(typeAndData)
                .putInt((int) checksum.getValue())
                .array();
    }
}
