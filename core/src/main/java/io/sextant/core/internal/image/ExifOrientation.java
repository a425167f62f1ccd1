package io.sextant.core.internal.image;

/**
 * Finds the orientation (tag 0x0112 of the first directory) in a block of EXIF data, which is laid out as a TIFF file.
 *
 * <p>The standard wants a SHORT; like Pillow, this takes every type that holds a number, as some writers use them.
 */
final class ExifOrientation {
    private static final int ORIENTATION_TAG = 0x0112;

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
                double value = number(bytes, at, start, end, littleEndian);
                return value >= 1 && value <= 8 && value == Math.rint(value) ? (int) value : 1;
            }
        }
        return 1;
    }

    /** The first number of an entry, 0 where it holds none. Numbers of more than four bytes lie elsewhere in the block. */
    private static double number(byte[] bytes, int entry, int start, int end, boolean littleEndian) {
        if (unsigned(bytes, entry + 4, 4, littleEndian) == 0) {
            return 0;
        }
        int value = entry + 8;
        long elsewhere = start + unsigned(bytes, value, 4, littleEndian);
        int eight = elsewhere + 8 <= end ? (int) elsewhere : -1;
        return switch ((int) unsigned(bytes, entry + 2, 2, littleEndian)) {
            case 6 -> bytes[value];
            case 3, 8 -> (short) unsigned(bytes, value, 2, littleEndian);
            case 4, 9, 13 -> (int) unsigned(bytes, value, 4, littleEndian);
            case 5, 10 -> eight < 0 ? 0 : ratio(bytes, eight, littleEndian);
            case 11 -> Float.intBitsToFloat((int) unsigned(bytes, value, 4, littleEndian));
            case 12 -> eight < 0 ? 0 : Double.longBitsToDouble(unsigned(bytes, eight, 8, littleEndian));
            default -> 0;
        };
    }

    private static double ratio(byte[] bytes, int at, boolean littleEndian) {
        return (double) unsigned(bytes, at, 4, littleEndian) / unsigned(bytes, at + 4, 4, littleEndian);
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
