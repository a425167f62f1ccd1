package io.sextant.core.internal.image;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * PNG: every colour type and depth but 16-bit grey, plain and interlaced. Of an animated PNG it reads the default image.
 *
 * <p>Ancillary chunks are skipped by their length and never unpacked, so a small chunk that would inflate to gigabytes costs
 * nothing. 16-bit colour keeps the upper byte, as Pillow does. For 16-bit grey Pillow clips at 255, which leaves a white
 * image; that is refused instead.
 */
public final class PngCodec implements ImageCodec {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private static final int HEADER_LENGTH = 13;

    /** Length, type and check sum. */
    private static final int EMPTY_CHUNK = 12;

    private static final int IHDR = chunk("IHDR");
    private static final int PLTE = chunk("PLTE");
    private static final int IDAT = chunk("IDAT");
    private static final int IEND = chunk("IEND");
    private static final int EXIF = chunk("eXIf");
    private static final int ANIMATION = chunk("acTL");

    @Override
    public boolean recognises(byte[] encoded) {
        return encoded.length >= SIGNATURE.length
                && Arrays.equals(encoded, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    @Override
    public ImageLayout probe(byte[] encoded) throws DamagedImageException {
        Header header = header(encoded);
        int orientation = 1;
        int frames = 1;
        ByteCursor cursor = new ByteCursor("PNG", encoded);
        cursor.skip(SIGNATURE.length);
        while (cursor.remaining() >= EMPTY_CHUNK) {
            int length = chunkLength(cursor);
            int type = cursor.bigEndian32();
            int start = cursor.position();
            if (type == IEND || length > cursor.remaining()) {
                break;
            }
            if (type == EXIF) {
                orientation = ExifOrientation.read(encoded, start, start + length);
            } else if (type == ANIMATION && length >= 4) {
                frames = Math.max(1, cursor.bigEndian32());
            }
            cursor.seek(start + length + 4L <= encoded.length ? start + length + 4L : encoded.length);
        }
        return new ImageLayout(header.width(), header.height(), orientation, frames);
    }

    @Override
    public byte[] decode(byte[] encoded, ImageLayout layout) throws DamagedImageException {
        Header header = header(encoded);
        byte[] palette = new byte[0];
        PngPixels pixels = null;
        ByteCursor cursor = new ByteCursor("PNG", encoded);
        cursor.skip(SIGNATURE.length);
        try {
            // Where all pixels are there, a missing end chunk or half of one takes nothing away, as for Pillow.
            while (cursor.remaining() >= EMPTY_CHUNK) {
                int length = chunkLength(cursor);
                int type = cursor.bigEndian32();
                int start = cursor.position();
                cursor.skip(length + 4L);
                if (type == PLTE || type == IDAT) {
                    checkSum(encoded, start, length);
                }
                if (type == PLTE) {
                    palette = Arrays.copyOfRange(encoded, start, start + length);
                } else if (type == IDAT) {
                    if (pixels == null) {
                        pixels = new PngPixels(header, palette, new byte[layout.rgbLength()]);
                    }
                    pixels.feed(encoded, start, length);
                } else if (type == IEND) {
                    break;
                }
            }
            if (pixels == null) {
                throw DamagedImageException.damaged("PNG", "it holds no pixels");
            }
            return pixels.finish();
        } finally {
            if (pixels != null) {
                pixels.close();
            }
        }
    }

    private static Header header(byte[] encoded) throws DamagedImageException {
        ByteCursor cursor = new ByteCursor("PNG", encoded);
        cursor.skip(SIGNATURE.length);
        int length = chunkLength(cursor);
        if (cursor.bigEndian32() != IHDR || length != HEADER_LENGTH) {
            throw DamagedImageException.damaged("PNG", "it does not begin with its header");
        }
        int start = cursor.position();
        Header header = new Header(
                cursor.bigEndian32(),
                cursor.bigEndian32(),
                cursor.unsignedByte(),
                cursor.unsignedByte(),
                cursor.bigEndian16(),
                cursor.unsignedByte());
        cursor.skip(4);
        checkSum(encoded, start, length);
        header.check();
        return header;
    }

    private static int chunkLength(ByteCursor cursor) throws DamagedImageException {
        int length = cursor.bigEndian32();
        if (length < 0) {
            throw DamagedImageException.damaged("PNG", "a chunk before byte " + cursor.position() + " has no length");
        }
        return length;
    }

    private static void checkSum(byte[] encoded, int start, int length) throws DamagedImageException {
        CRC32 sum = new CRC32();
        sum.update(encoded, start - 4, length + 4);
        int written = new ByteCursor("PNG", encoded).seek(start + (long) length).bigEndian32();
        if ((int) sum.getValue() != written) {
            throw DamagedImageException.damaged("PNG", "the chunk at byte " + (start - 8) + " has a wrong check sum");
        }
    }

    private static int chunk(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /**
     * @param depth bits a sample
     * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
     * @param methods compression and filter, both 0
     * @param interlace 0 none, 1 Adam7
     */
    record Header(int width, int height, int depth, int colourType, int methods, int interlace) {
        /** Samples of a pixel. */
        int channels() {
            return switch (colourType) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
        }

        private void check() throws DamagedImageException {
            boolean depthFits = switch (colourType) {
                case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                case 2, 4, 6 -> depth == 8 || depth == 16;
                default -> false;
            };
            if (width < 1 || height < 1 || !depthFits || methods != 0 || interlace > 1) {
                throw DamagedImageException.damaged("PNG", "its header makes no sense");
            }
            if (colourType == 0 && depth == 16) {
                throw DamagedImageException.unsupported("a PNG file with 16-bit grey values, whose range is unknown");
            }
        }
    }
}
