package io.sextant.core.internal.image;

/** BMP: 1, 4, 8, 16, 24 and 32 bits a pixel, both row orders, run-length encoded, with colour masks. Alpha is dropped. */
public final class BmpCodec implements ImageCodec {
    private static final int FILE_HEADER_LENGTH = 14;
    private static final int PLAIN = 0;
    private static final int RUNS_OF_BYTES = 1;
    private static final int RUNS_OF_HALF_BYTES = 2;
    private static final int MASKS = 3;

    @Override
    public boolean recognises(byte[] encoded) {
        return encoded.length >= 18 && encoded[0] == 'B' && encoded[1] == 'M' && encoded[15] == 0 && encoded[16] == 0;
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        Header header = header(encoded);
        return new ImageLayout(header.width(), header.height(), 1, 1);
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        Header header = header(encoded);
        boolean isPlain = header.compression() == PLAIN || header.compression() == MASKS;
        long stride = (((long) header.width() * header.bits() + 31) / 32) * 4;
        ByteCursor cursor = new ByteCursor("BMP", encoded).seek(header.dataStart());
        if (isPlain
                && cursor.remaining()
                        < stride * (header.height() - 1) + ((long) header.width() * header.bits() + 7) / 8) {
            throw cursor.truncated();
        }
        byte[] rgb = new byte[layout.rgbLength()];
        if (!isPlain) {
            new BmpRuns(header.width(), header.height(), header.compression() == RUNS_OF_HALF_BYTES)
                    .decode(cursor, (x, y, index) -> header.putColour(encoded, index, rgb, x, y));
            return rgb;
        }
        for (int y = 0; y < header.height(); y++) {
            cursor.seek(header.dataStart() + stride * y);
            if (header.bits() <= 8) {
                packedRow(encoded, header, cursor.position(), rgb, y);
            } else {
                colourRow(header, cursor, rgb, y);
            }
        }
        return rgb;
    }

    private static void packedRow(byte[] encoded, Header header, int start, byte[] rgb, int y) {
        int bits = header.bits();
        for (int x = 0; x < header.width(); x++) {
            int bit = x * bits;
            int index = (encoded[start + (bit >> 3)] & 0xFF) >> (8 - bits - (bit & 7)) & ((1 << bits) - 1);
            header.putColour(encoded, index, rgb, x, y);
        }
    }

    private static void colourRow(Header header, ByteCursor cursor, byte[] rgb, int y) throws DamagedImageException {
        int target = header.target(0, y);
        for (int x = 0; x < header.width(); x++) {
            int pixel = cursor.littleEndian16();
            if (header.bits() == 24) {
                pixel |= cursor.unsignedByte() << 16;
            } else if (header.bits() == 32) {
                pixel |= cursor.littleEndian16() << 16;
            }
            rgb[target++] = sample(pixel, header.redMask());
            rgb[target++] = sample(pixel, header.greenMask());
            rgb[target++] = sample(pixel, header.blueMask());
        }
    }

    /** The bits under a mask, stretched to 0..255. */
    private static byte sample(int pixel, int mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Integer.numberOfTrailingZeros(mask);
        long largest = Integer.toUnsignedLong(mask) >>> shift;
        return (byte) ((Integer.toUnsignedLong(pixel & mask) >>> shift) * 255 / largest);
    }

    private static Header header(byte[] encoded) throws DamagedImageException {
        ByteCursor cursor = new ByteCursor("BMP", encoded);
        cursor.skip(10);
        long dataStart = Integer.toUnsignedLong(cursor.littleEndian32());
        int headerLength = cursor.littleEndian32();
        boolean isOld = headerLength == 12;
        if (!isOld && (headerLength < 40 || headerLength > 124)) {
            throw DamagedImageException.unsupported("a BMP file with a header of " + headerLength + " bytes");
        }
        int width = isOld ? cursor.littleEndian16() : cursor.littleEndian32();
        int height = isOld ? cursor.littleEndian16() : cursor.littleEndian32();
        cursor.skip(2);
        int bits = cursor.littleEndian16();
        int compression = isOld ? PLAIN : cursor.littleEndian32();
        cursor.seek(FILE_HEADER_LENGTH + (isOld ? 12 : 32));
        long colours = isOld ? 0 : Integer.toUnsignedLong(cursor.littleEndian32());
        boolean isTopDown = height < 0;
        int[] masks = {0x7C00, 0x3E0, 0x1F};
        if (bits > 16) {
            masks = new int[] {0xFF0000, 0xFF00, 0xFF};
        }
        int maskBytes = 0;
        if (compression == MASKS) {
            cursor.seek(FILE_HEADER_LENGTH + 40);
            int[] written = {cursor.littleEndian32(), cursor.littleEndian32(), cursor.littleEndian32()};
            masks = (written[0] | written[1] | written[2]) == 0 ? masks : written;
            maskBytes = headerLength == 40 ? 12 : 0;
        }
        long paletteStart = (long) FILE_HEADER_LENGTH + headerLength + maskBytes;
        int entryLength = isOld ? 3 : 4;
        long entries = bits > 8 ? 0 : colours == 0 || colours > 1L << bits ? 1L << bits : colours;
        if (entries > 0 && dataStart > paletteStart) {
            entries = Math.min(entries, (dataStart - paletteStart) / entryLength);
        }
        cursor.seek(paletteStart + entries * entryLength);
        if (dataStart == 0) {
            dataStart = cursor.position();
        }
        Header header = new Header(
                width,
                isTopDown ? -height : height,
                isTopDown,
                bits,
                compression,
                masks[0],
                masks[1],
                masks[2],
                (int) paletteStart,
                (int) entries,
                entryLength,
                dataStart);
        header.check();
        return header;
    }

    private record Header(
            int width,
            int height,
            boolean isTopDown,
            int bits,
            int compression,
            int redMask,
            int greenMask,
            int blueMask,
            int paletteStart,
            int colours,
            int entryLength,
            long dataStart) {

        /** Where a pixel lies, with y counted in the order of the file. */
        int target(int x, int y) {
            return 3 * ((isTopDown ? y : height - 1 - y) * width + x);
        }

        /** Beyond the palette lies black. */
        void putColour(byte[] encoded, int index, byte[] rgb, int x, int y) {
            if (index < colours) {
                int target = target(x, y);
                int source = paletteStart + index * entryLength;
                rgb[target] = encoded[source + 2];
                rgb[target + 1] = encoded[source + 1];
                rgb[target + 2] = encoded[source];
            }
        }

        private void check() throws DamagedImageException {
            if (width < 1 || height < 1) {
                throw DamagedImageException.damaged("BMP", "its header makes no sense");
            }
            boolean isKnown = switch (compression) {
                case PLAIN -> bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
                case RUNS_OF_BYTES -> bits == 8;
                case RUNS_OF_HALF_BYTES -> bits == 4;
                case MASKS -> bits == 16 || bits == 32;
                default -> false;
            };
            if (!isKnown) {
                throw DamagedImageException.unsupported(
                        "a BMP file with " + bits + " bits a pixel and compression " + compression);
            }
        }
    }
}
