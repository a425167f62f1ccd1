package io.sextant.training.world.render;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads files out of a tar stream: plain entries with names of up to 100 characters, as npm writes them. */
final class TarEntries {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE_OFFSET = 124;
    private static final int SIZE_LENGTH = 12;

    private TarEntries() {}

    /** The contents of the wanted files that are there, by name. */
    static Map<String, byte[]> read(InputStream tar, Set<String> wanted) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return contents;
            }
            String name = text(header, 0, NAME_LENGTH);
            int size = Integer.parseInt(text(header, SIZE_OFFSET, SIZE_LENGTH).strip(), 8);
            byte[] content = tar.readNBytes(size);
            if (content.length < size) {
                throw new EOFException("the archive ends within " + name);
            }
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (wanted.contains(name)) {
                contents.put(name, content);
            }
        }
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.US_ASCII);
    }
}
