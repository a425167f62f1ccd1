package io.sextant.core.internal.image;

import org.jspecify.annotations.Nullable;

/**
 * What the chunks of a WebP file say, from one walk over the whole file.
 *
 * @param width pixels of the canvas
 * @param height pixels of the canvas
 * @param orientation EXIF orientation, 1..8
 * @param frames images in the file
 * @param frame the first of them
 */
record WebpHeader(int width, int height, int orientation, int frames, Frame frame) {
    private static final int FILE_HEADER_LENGTH = 12;
    private static final int CHUNK_HEADER_LENGTH = 8;
    private static final int FRAME_HEADER_LENGTH = 16;

    /**
     * Coded pixels.
     *
     * @param start index of the chunk's content
     * @param end index after it
     * @param x where it lies on the canvas
     * @param y where it lies on the canvas
     */
    record Frame(int start, int end, int x, int y, int width, int height) {}

    static boolean isAt(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static WebpHeader read(byte[] encoded) throws DamagedImageException {
        return new Walk(encoded).toEnd();
    }

    private static final class Walk {
        private final byte[] encoded;
        private final ByteCursor cursor;
        private int width;
        private int height;
        private int orientation;
        private int frames;
        private @Nullable Frame frame;

        Walk(byte[] encoded) {
            this.encoded = encoded;
            this.cursor = new ByteCursor("WebP", encoded);
        }

        WebpHeader toEnd() throws DamagedImageException {
            cursor.skip(4);
            long end = CHUNK_HEADER_LENGTH + Integer.toUnsignedLong(cursor.littleEndian32());
            if (end > encoded.length) {
                throw cursor.truncated();
            }
            cursor.seek(FILE_HEADER_LENGTH);
            while (cursor.position() + CHUNK_HEADER_LENGTH <= end) {
                chunk((int) end);
            }
            Frame first = frame;
            if (first == null) {
                throw DamagedImageException.damaged("WebP", "it holds no image");
            }
            if (width == 0) {
                width = first.width();
                height = first.height();
            }
            if (first.x() + (long) first.width() > width || first.y() + (long) first.height() > height) {
                throw DamagedImageException.damaged("WebP", "its image does not fit its canvas");
            }
            if (frames == 0 && (first.width() != width || first.height() != height)) {
                throw DamagedImageException.damaged("WebP", "its image is smaller than its canvas");
            }
            return new WebpHeader(width, height, Math.max(1, orientation), Math.max(1, frames), first);
        }

        private void chunk(int fileEnd) throws DamagedImageException {
            int header = cursor.position();
            cursor.skip(4);
            long length = Integer.toUnsignedLong(cursor.littleEndian32());
            int start = cursor.position();
            if (start + length > fileEnd) {
                throw cursor.truncated();
            }
            int end = (int) (start + length);
            if (isAt(encoded, header, "VP8X") && length >= 10) {
                cursor.skip(4);
                width = 1 + littleEndian24();
                height = 1 + littleEndian24();
            } else if (isAt(encoded, header, "EXIF") && orientation == 0) {
                int tiff = isAt(encoded, start, "Exif\0\0") ? start + 6 : start;
                orientation = ExifOrientation.read(encoded, Math.min(tiff, end), end);
            } else if (isAt(encoded, header, "ANMF")) {
                frames++;
                if (frame == null) {
                    animationFrame(start, end);
                }
            } else if (frame == null) {
                pixels(header, start, end, 0, 0);
            }
            cursor.seek(Math.min(encoded.length, end + (length & 1)));
        }

        private void animationFrame(int start, int end) throws DamagedImageException {
            cursor.seek(start);
            int x = 2 * littleEndian24();
            int y = 2 * littleEndian24();
            int at = start + FRAME_HEADER_LENGTH;
            while (frame == null && at + CHUNK_HEADER_LENGTH <= end) {
                long length = Integer.toUnsignedLong(cursor.seek(at + 4L).littleEndian32());
                int content = at + CHUNK_HEADER_LENGTH;
                if (content + length > end) {
                    throw cursor.truncated();
                }
                pixels(at, content, (int) (content + length), x, y);
                at = (int) Math.min(end, content + length + (length & 1));
            }
        }

        private void pixels(int header, int start, int end, int x, int y) throws DamagedImageException {
            cursor.seek(start);
            if (isAt(encoded, header, "VP8 ")) {
                frame = lossy(start, end, x, y);
            } else if (isAt(encoded, header, "VP8L")) {
                frame = lossless(start, end, x, y);
            }
        }

        /** RFC 6386, section 9.1. */
        private Frame lossy(int start, int end, int x, int y) throws DamagedImageException {
            int tag = littleEndian24();
            boolean isStart =
                    cursor.unsignedByte() == 0x9D && cursor.unsignedByte() == 0x01 && cursor.unsignedByte() == 0x2A;
            if ((tag & 1) != 0 || !isStart) {
                throw DamagedImageException.damaged("WebP", "its image does not begin with a key frame");
            }
            int frameWidth = cursor.littleEndian16() & 0x3FFF;
            int frameHeight = cursor.littleEndian16() & 0x3FFF;
            if (frameWidth == 0 || frameHeight == 0) {
                throw DamagedImageException.damaged(
                        "WebP", "its header gives " + frameWidth + "x" + frameHeight + " pixels");
            }
            if (cursor.position() + (long) (tag >> 5) > end) {
                throw cursor.truncated();
            }
            return new Frame(start, end, x, y, frameWidth, frameHeight);
        }

        /** RFC 9649, section 3.4. */
        private Frame lossless(int start, int end, int x, int y) throws DamagedImageException {
            if (cursor.unsignedByte() != 0x2F) {
                throw DamagedImageException.damaged("WebP", "its image does not begin with the mark of a lossless one");
            }
            int bits = cursor.littleEndian32();
            if (bits >>> 29 != 0) {
                throw DamagedImageException.unsupported("a lossless WebP file of version " + (bits >>> 29));
            }
            return new Frame(start, end, x, y, 1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
        }

        private int littleEndian24() throws DamagedImageException {
            int low = cursor.littleEndian16();
            return low | cursor.unsignedByte() << 16;
        }
    }
}
