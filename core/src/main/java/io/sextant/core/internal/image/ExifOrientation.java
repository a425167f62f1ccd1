package io.sextant.core.internal.image;

/** Finds the orientation (tag 0x0112 of the first directory) in a block of EXIF data, which is laid out as a TIFF file. */
final class ExifOrientation {
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT_TYPE = 3;

    private ExifOrientation() {}

    /**
     * @param bytes that hold the block
     * @param start of the TIFF header
     * @param end after the block
     * @return 1..8; 1 where the block is unreadable or says nothing
     */
    static int read(byte[] bytes, int start, int end) {
        if (end - start < 8 || bytes[start] != bytes[start + 1] || (bytes[start] != 'I' && bytes[start] != 'M')) {
            return 1;
        }
        boolean littleEndian = bytes[start] == 'I';
        long directory = start + unsigned(bytes, start + 4, 4, littleEndian);
        if (directory + 2 > end) {
            return 1;
        }
        long entries = unsigned(bytes, (int) directory, 2, littleEndian);
        for (long i = 0; i < entries; i++) {
            long entry = directory + 2 + 12 * i;
            if (entry + 12 > end) {
                return 1;
            }
            int at = (int) entry;
            if (unsigned(bytes, at, 2, littleEndian) == ORIENTATION_TAG) {
                long value = unsigned(bytes, at + 8, 2, littleEndian);
                boolean isOne = unsigned(bytes, at + 2, 2, littleEndian) == SHORT_TYPE && value >= 1 && value <= 8;
                return isOne ? (int) value : 1;
            }
        }
        return 1;
    }

    private static long unsigned(byte[] bytes, int at, int length, boolean littleEndian) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int index = littleEndian ? at + length - 1 - i : at + i;
            value = (value << 8) | (bytes[index] & 0xFF);
        }
        return value;
    }
}
