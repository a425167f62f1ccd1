package io.sextant.core.internal.weights.torch;

/**
 * One stored entry of a zip archive.
 *
 * @param name with the archive's root folder
 * @param headerOffset where its local header begins in the file
 * @param dataOffset where its bytes begin in the file
 * @param size of its bytes
 * @param crc32 its bytes must have
 */
public record ZipRecord(String name, long headerOffset, long dataOffset, long size, long crc32) {
    public long end() {
        return dataOffset + size;
    }
}
