package io.sextant.core.internal.image;

/** BMP's run-length encoding: pairs of count and index, and escapes for row end, image end, jumps and literal indices. */
final class BmpRuns {
    private final int width;
    private final int height;
    private final boolean halfBytes;

    /** Takes pixels; y counts in the order of the file. */
    interface PixelSink {
        void put(int x, int y, int index);
    }

    /** @param halfBytes two indices a byte rather than one */
    BmpRuns(int width, int height, boolean halfBytes) {
        this.width = width;
        this.height = height;
        this.halfBytes = halfBytes;
    }

    /** Decodes up to the mark of the image's end. Pixels jumped over get index 0; those beyond a row's end are dropped. */
    void decode(ByteCursor cursor, PixelSink sink) throws DamagedImageException {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                sink.put(column, row, 0);
            }
        }
        int x = 0;
        int y = 0;
        while (true) {
            int count = cursor.unsignedByte();
            int value = cursor.unsignedByte();
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(sink, x + i, y, halfBytes ? half(value, i) : value);
                }
                x += count;
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                return;
            } else if (value == 2) {
                x += cursor.unsignedByte();
                y += cursor.unsignedByte();
            } else {
                int start = cursor.position();
                int pair = 0;
                for (int i = 0; i < value; i++) {
                    if (!halfBytes || i % 2 == 0) {
                        pair = cursor.unsignedByte();
                    }
                    put(sink, x + i, y, halfBytes ? half(pair, i) : pair);
                }
                x += value;
                cursor.skip((cursor.position() - start) % 2);
            }
            if (y > height || x > (1 << 24)) {
                throw DamagedImageException.damaged("BMP", "its pixels leave the image at byte " + cursor.position());
            }
        }
    }

    private void put(PixelSink sink, int x, int y, int index) {
        if (x < width && y < height) {
            sink.put(x, y, index);
        }
    }

    private static int half(int pair, int position) {
        return position % 2 == 0 ? pair >> 4 : pair & 0xF;
    }
}
