package io.sextant.core.internal.image;

/** Reads numbers from bytes, and says so where the bytes end too early. */
final class ByteCursor {
    private final String format;
    private final byte[] bytes;
    private int position;

    ByteCursor(String format, byte[] bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    ByteCursor seek(long target) throws DamagedImageException {
        if (target < 0 || target > bytes.length) {
            throw truncated();
        }
        position = (int) target;
        return this;
    }

    void skip(long count) throws DamagedImageException {
        seek(position + count);
    }

    int unsignedByte() throws DamagedImageException {
        if (position >= bytes.length) {
            throw truncated();
        }
        return bytes[position++] & 0xFF;
    }

    int littleEndian16() throws DamagedImageException {
        int low = unsignedByte();
        return low | unsignedByte() << 8;
    }

    int littleEndian32() throws DamagedImageException {
        int low = littleEndian16();
        return low | littleEndian16() << 16;
    }

    int bigEndian16() throws DamagedImageException {
        int high = unsignedByte();
        return high << 8 | unsignedByte();
    }

    int bigEndian32() throws DamagedImageException {
        int high = bigEndian16();
        return high << 16 | bigEndian16();
    }

    DamagedImageException truncated() {
        return new DamagedImageException(
                "is a truncated " + format + " file: it ends after " + bytes.length + " bytes",
                "send the file again, whole");
    }
}
