package io.sextant.core.internal.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as ImageIO wants them: no copy, no cache file. */
final class ByteArrayImageStream extends ImageInputStreamImpl {
    private final byte[] bytes;
    private boolean hasRunOut;

    ByteArrayImageStream(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether more bytes were asked for than there are. */
    boolean hasRunOut() {
        return hasRunOut;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            hasRunOut = true;
            return -1;
        }
        return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            hasRunOut = true;
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
